namespace PlaybookBuilder.Tests.Support;

/// <summary>What goes wrong with one request.</summary>
/// <param name="Request">A part of its line, such as <c>GET /v2/user</c>.</param>
/// <param name="Status">The error that it gets instead of being carried out; null: it is carried out and its answer lost.</param>
/// <param name="IsSilent">Nothing is done and nothing said, until the client gives up.</param>
internal sealed record FakeFault(string Request, int? Status = null, int Code = 0, bool IsSilent = false);
