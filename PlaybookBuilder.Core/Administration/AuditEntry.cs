namespace PlaybookBuilder.Core.Administration;

/// <summary>Something that somebody did.</summary>
/// <param name="UserName">Null for somebody who is not signed in, and for an account that is gone.</param>
/// <param name="Action">For example <c>user.disable</c>.</param>
/// <param name="Subject">On what, for example the id of a user.</param>
internal sealed record AuditEntry(long Id, DateTimeOffset At, Guid? UserId, string? UserName, string Action, string Subject, string Detail, string Address);
