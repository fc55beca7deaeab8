namespace PlaybookBuilder.Core.Accounts;

/// <summary>Whom a provider says that somebody is.</summary>
/// <param name="Provider"><c>google</c>, <c>orcid</c>, <c>email</c>, or the issuer of OpenID Connect.</param>
/// <param name="Subject">Who it is, in the provider's words.</param>
/// <param name="Email">In lower case; null when the provider gives none.</param>
public sealed record Identity(string Provider, string Subject, string? Name, string? Email, bool IsEmailVerified)
{
    /// <summary>The provider of those who open a link that was sent to them.</summary>
    public const string EmailProvider = "email";

    public const string OrcidProvider = "orcid";

    public const string GoogleProvider = "google";

    /// <summary>Somebody who reads this address.</summary>
    public static Identity OfEmail(string email) => new(EmailProvider, email, null, email, true);
}
