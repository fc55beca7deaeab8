namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>What was done, and to what.</summary>
internal sealed record DoneJson(string Done, string Subject);
