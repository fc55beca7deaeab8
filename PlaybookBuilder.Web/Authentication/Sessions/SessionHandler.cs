using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Sessions;

/// <summary>Knows a browser by the key in its cookie; leads who needs to sign in to the page for it.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory logger, UrlEncoder encoder, UserSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, logger, encoder)
{
    public const string SchemeName = "Session";

    /// <summary>The id of the session.</summary>
    public const string SessionClaim = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookie.Read(Request) is { } key && await sessions.FindAsync(key, Context.ToAddress(), Context.RequestAborted) is { } signedIn)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(ToPrincipal(signedIn), SchemeName));
        }

        // A cookie of former times takes nothing away from whoever works on this machine.
        return await Context.AuthenticateAsync(LocalUser.Scheme);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!IsPage())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        }

        Response.Redirect($"{Request.PathBase}/{AppUrls.SignInFor(Request.Path + Request.QueryString)}");
        return Task.CompletedTask;
    }

    private static ClaimsPrincipal ToPrincipal(SignedIn signedIn)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, signedIn.UserId.ToString()), new(ClaimTypes.Name, signedIn.Name), new(SessionClaim, signedIn.KeyId.ToString())];
        if (signedIn.IsAdmin) claims.Add(new(ClaimTypes.Role, Roles.Admin));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
    }

    private bool IsPage() => HttpMethods.IsGet(Request.Method) && !Request.Path.StartsWithSegments("/api") && !Request.Path.StartsWithSegments("/ga4gh") && !Request.Path.StartsWithSegments("/_blazor");
}
