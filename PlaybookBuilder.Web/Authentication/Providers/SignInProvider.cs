namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>A provider of OpenID Connect that people sign in with.</summary>
/// <param name="Id">Names it in addresses, and its scheme.</param>
/// <param name="Name">As its button says.</param>
/// <param name="Key">What <c>sign_in.provider</c> holds.</param>
internal sealed record SignInProvider(string Id, string Name, string Key, Uri Issuer, string ClientId, string ClientSecret)
{
    /// <summary>Where this program reads the provider's configuration, when it reaches it by another name than browsers do.</summary>
    public Uri? Discovery { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile", "email"];

    public string Scheme => $"OpenIdConnect.{Id}";

    /// <summary>Where the provider sends browsers back to; below the application's base path.</summary>
    public string CallbackPath => $"/account/signin/callback/{Id}";

    public string MetadataAddress => $"{(Discovery ?? Issuer).ToString().TrimEnd('/')}/.well-known/openid-configuration";
}
