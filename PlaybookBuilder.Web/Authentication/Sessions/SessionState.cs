using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Sessions;

/// <summary>Who looks at an open page: asked again and again, since a page outlives the session that opened it.</summary>
internal sealed class SessionState(ILoggerFactory logger, UserSessions sessions) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsStillAsync(authenticationState.User, cancellationToken);

    /// <summary>Whether this is still who somebody is, with the same rights.</summary>
    internal async Task<bool> IsStillAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.Identity?.AuthenticationType == LocalUser.Scheme) return true;

        // No open page goes by a token.
        return Guid.TryParse(user.FindFirstValue(SessionHandler.SessionClaim), out var session)
            && await sessions.CheckAsync(session, cancellationToken) is { } now
            && now.UserId == user.UserId()
            && now.IsAdmin == user.IsInRole(Roles.Admin);
    }
}
