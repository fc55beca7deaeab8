namespace PlaybookBuilder.Core.Accounts;

/// <summary>What a user says of himself or herself, as that user sees it.</summary>
/// <param name="Orcid">As in 0000-0002-1825-0097.</param>
/// <param name="Email">A verified address; nobody else sees it.</param>
public sealed record Profile(Guid Id, string Name, string Affiliation, string? Orcid, string? Email, bool WantsMail, DateTimeOffset Created)
{
    /// <summary>The name of those whose provider gives none, until they say one.</summary>
    public const string Unnamed = "New user";
}
