namespace PlaybookBuilder.Core.Accounts;

/// <summary>Somebody who is signed in.</summary>
/// <param name="KeyId">The id of the session, or of the token.</param>
/// <param name="Scopes">What the token was made for; everything in a session.</param>
public sealed record SignedIn(Guid UserId, Guid KeyId, string Name, bool IsAdmin, AccessScopes Scopes = AccessScopes.All);
