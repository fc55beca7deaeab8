namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>A browser that is signed in, as administrators see it.</summary>
/// <param name="Browser">What the browser calls itself.</param>
public sealed record SessionSummary(Guid Id, Guid UserId, string UserName, string Provider, string Address, string Browser, DateTimeOffset Created, DateTimeOffset LastSeen, DateTimeOffset Expires);
