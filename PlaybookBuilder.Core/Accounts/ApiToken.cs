namespace PlaybookBuilder.Core.Accounts;

/// <summary>A token, as its user sees it after it was made.</summary>
/// <param name="Beginning">Its first characters.</param>
/// <param name="Expires">Null: when it is revoked.</param>
public sealed record ApiToken(Guid Id, string Name, string Beginning, AccessScopes Scopes, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed);
