namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>A user, as administrators see him or her.</summary>
/// <param name="IsAdmin">Made an administrator by another one.</param>
/// <param name="IsFixedAdmin">An administrator by the settings.</param>
/// <param name="Created">Null for the local user, who was always there.</param>
/// <param name="LastSeen">When a browser or a sign-in was seen last; null for who never signed in.</param>
internal sealed record UserSummary(Guid Id, string Name, string? Email, string Affiliation, bool IsAdmin, bool IsFixedAdmin, bool IsDisabled, DateTimeOffset? Created, DateTimeOffset? LastSeen);

/// <summary>A user with how he or she signs in, and how much there is of his or her things.</summary>
internal sealed record UserDetail(UserSummary User, IReadOnlyList<UserSignInSummary> SignIns, int Playbooks, int Uploads, long UploadedBytes);

/// <summary>One of the ways in which a user signs in.</summary>
internal sealed record UserSignInSummary(string Provider, string? Email, bool IsEmailVerified, DateTimeOffset Created, DateTimeOffset LastUsed);
