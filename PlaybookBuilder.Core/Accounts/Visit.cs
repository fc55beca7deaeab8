namespace PlaybookBuilder.Core.Accounts;

/// <summary>From where somebody acts.</summary>
/// <param name="Address">The network address.</param>
/// <param name="Browser">What the browser calls itself.</param>
public sealed record Visit(string Address, string Browser);
