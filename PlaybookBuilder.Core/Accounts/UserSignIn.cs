namespace PlaybookBuilder.Core.Accounts;

/// <summary>A way in which a user signs in, as the user sees it.</summary>
public sealed record UserSignIn(string Provider, string Subject, string? Email, bool IsEmailVerified, DateTimeOffset Created, DateTimeOffset LastUsed);
