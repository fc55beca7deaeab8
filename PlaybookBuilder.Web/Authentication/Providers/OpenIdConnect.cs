using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>Sets up the framework's OpenID Connect: the code flow with PKCE (RFC 7636), and sessions of our own in place of its tickets.</summary>
internal static class OpenIdConnect
{
    // Longer, and who waits takes the page for broken.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSignIn = TimeSpan.FromMinutes(15);

    public static void AddProvider(this AuthenticationBuilder authentication, SignInProvider provider) =>
        authentication.AddOpenIdConnect(provider.Scheme, provider.Name, options => Configure(options, provider));

    private static void Configure(OpenIdConnectOptions options, SignInProvider provider)
    {
        (options.ClientId, options.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        (options.Authority, options.MetadataAddress) = (provider.Issuer.ToString(), provider.MetadataAddress);
        // The validator lets plain http pass on this machine only.
        options.RequireHttpsMetadata = provider.Issuer.Scheme == Uri.UriSchemeHttps;
        options.CallbackPath = provider.CallbackPath;
        options.SignInScheme = SessionHandler.SchemeName;
        (options.ResponseType, options.UsePkce) = (OpenIdConnectResponseType.Code, true);
        // A form that the provider's page posts would come from another site, without cookies.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapJsonKey("email_verified", "email_verified");
        options.DisableTelemetry = true;
        (options.BackchannelTimeout, options.RemoteAuthenticationTimeout) = (Patience, LongestSignIn);
        options.Scope.Clear();
        foreach (var scope in provider.Scopes) options.Scope.Add(scope);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            (cookie.SameSite, cookie.SecurePolicy, cookie.HttpOnly) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest, true);
        }

        options.Events.OnTicketReceived = context => context.HttpContext.RequestServices.GetRequiredService<SignInCallback>().ReceiveAsync(context, provider);
        options.Events.OnRemoteFailure = context => context.HttpContext.RequestServices.GetRequiredService<SignInCallback>().FailAsync(context, provider);
    }
}
