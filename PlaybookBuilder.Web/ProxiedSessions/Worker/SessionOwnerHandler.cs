using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Takes whoever comes through the tunnel for the session's owner: the public side lets nobody else in.</summary>
internal sealed class SessionOwnerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionOwner owner) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "SessionOwner";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(Context.CameThroughTunnel() ? AuthenticateResult.Success(new AuthenticationTicket(owner.Principal, SchemeName)) : AuthenticateResult.NoResult());
}

/// <summary>Whose session this is. The worker has one user, who owns all that is in it.</summary>
internal sealed class SessionOwner(string name)
{
    public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()), new Claim(ClaimTypes.Name, name)], LocalUser.Scheme));
}
