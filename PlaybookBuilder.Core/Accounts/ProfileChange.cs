namespace PlaybookBuilder.Core.Accounts;

/// <summary>What is to be changed of a profile; null leaves it as it is.</summary>
public sealed record ProfileChange(string? Name = null, string? Affiliation = null, string? Orcid = null, bool? WantsMail = null);
