namespace PlaybookBuilder.Core.Accounts;

/// <summary>What everybody may see of a user.</summary>
public sealed record PublicProfile(Guid Id, string Name, string Affiliation, string? Orcid);
