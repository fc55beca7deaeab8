using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>With what people sign in: <c>AUTH_OIDC</c>, <c>AUTH_GOOGLE</c>, <c>AUTH_ORCID</c>.</summary>
public sealed class SignInOptions
{
    public const string OidcVariable = "AUTH_OIDC";
    public const string GoogleVariable = "AUTH_GOOGLE";
    public const string OrcidVariable = "AUTH_ORCID";

    /// <summary>JSON: an object with <c>issuer</c>, <c>clientId</c>, <c>clientSecret</c> and, where wanted, <c>name</c>, or a list of them.</summary>
    [ConfigurationKeyName(OidcVariable)]
    public string? Oidc { get; set; }

    /// <summary>JSON: an object with <c>clientId</c> and <c>clientSecret</c>.</summary>
    [ConfigurationKeyName(GoogleVariable)]
    public string? Google { get; set; }

    /// <summary>JSON: an object with <c>clientId</c> and <c>clientSecret</c>.</summary>
    [ConfigurationKeyName(OrcidVariable)]
    public string? Orcid { get; set; }

    /// <exception cref="FormatException">A setting is wrong; the message names it.</exception>
    internal IReadOnlyList<SignInProvider> Read()
    {
        SignInProvider[] providers =
        [
            .. ProviderJson.ReadAll(OidcVariable, Oidc).Select(static json => json.ToOidc()),
            .. ProviderJson.ReadAll(GoogleVariable, Google).Take(1).Select(static json => json.ToFixed(Identity.GoogleProvider, "Google", "https://accounts.google.com", "openid", "profile", "email")),
            .. ProviderJson.ReadAll(OrcidVariable, Orcid).Take(1).Select(static json => json.ToFixed(Identity.OrcidProvider, "ORCID", "https://orcid.org", "openid")),
        ];
        if (providers.GroupBy(static provider => provider.Id).FirstOrDefault(static same => same.Count() > 1) is { } same) throw new FormatException($"{OidcVariable} has more than one provider called '{same.First().Name}': give each a 'name' of its own.");
        if (providers.GroupBy(static provider => provider.Key).FirstOrDefault(static same => same.Count() > 1) is { } twice) throw new FormatException($"{OidcVariable} has the issuer {twice.Key} twice.");
        return providers;
    }
}
