namespace PlaybookBuilder.Tests.Support;

/// <summary>What goes wrong on a connection, and where.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="InAnswer">To what the server says, or to what the client does.</param>
/// <param name="After">So many bytes pass unharmed.</param>
public sealed record Fault(FaultKind Kind, bool InAnswer, int After);
