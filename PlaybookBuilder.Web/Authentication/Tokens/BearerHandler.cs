using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Tokens;

/// <summary>Knows a program by its token (RFC 6750).</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens, ServiceTokens services, IOptions<LocalUserOptions> localUser)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Beginning = SchemeName + " ";
    private const int LongestToken = 1_000;

    /// <summary>Whether a request shows a token, good or not: then nothing else that it shows counts.</summary>
    public static bool IsShown(HttpRequest request) => $"{request.Headers.Authorization} ".StartsWith(Beginning, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!IsShown(Request) || header.Length > LongestToken) return AuthenticateResult.Fail("This is no token.");

        var token = header[SchemeName.Length..].Trim();
        if (services.Check(token) is { } program) return Success([new(ClaimTypes.Name, program), new(ClaimTypes.Role, Roles.Service)]);

        return token.StartsWith(ApiTokens.Prefix, StringComparison.Ordinal) && await tokens.FindAsync(token, Context.RequestAborted) is { } found && IsWelcome(found)
            ? Success([.. ClaimsOf(found)])
            : AuthenticateResult.Fail("The token is wrong, revoked or too old.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    // Where there is no local user, nobody is by a token of former times.
    private bool IsWelcome(SignedIn found) => found.UserId != LocalUser.Id || localUser.Value.IsOn;

    private static IEnumerable<Claim> ClaimsOf(SignedIn found)
    {
        yield return new(ClaimTypes.NameIdentifier, found.UserId.ToString());
        yield return new(ClaimTypes.Name, found.Name);
        yield return new(CurrentUser.ScopesClaim, found.Scopes.ToString());
        if (found.IsAdmin) yield return found.Scopes.HasFlag(AccessScopes.Admin) ? new(ClaimTypes.Role, Roles.Admin) : new(CurrentUser.OtherwiseAdminClaim, "true");
    }

    private static AuthenticateResult Success(Claim[] claims) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
}
