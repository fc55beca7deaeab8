namespace PlaybookBuilder.Core.Accounts;

/// <summary>A browser that is signed in, as its user sees it.</summary>
public sealed record UserSession(Guid Id, string Provider, string Address, string Browser, DateTimeOffset Created, DateTimeOffset LastSeen);
