using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>From where somebody looks at a page. A circuit has no request, so what the session was last seen from stands for it, and without one the circuit's connection.</summary>
internal sealed class CurrentVisit(AuthenticationStateProvider state, UserSessions sessions, VisitorAddress address)
{
    /// <summary>The id of the session; null for the local user.</summary>
    public async Task<Guid?> GetSessionAsync() =>
        Guid.TryParse((await state.GetAuthenticationStateAsync()).User.FindFirstValue(SessionHandler.SessionClaim), out var session) ? session : null;

    public async Task<Visit> GetAsync(CancellationToken cancellationToken)
    {
        if (await GetSessionAsync() is not { } id) return new Visit(address.Value, "");

        var all = await sessions.ListAsync((await state.GetAuthenticationStateAsync()).User.ToActor(), cancellationToken);
        return all.Find(session => session.Id == id) is { } own ? new Visit(own.Address, own.Browser) : new Visit(address.Value, "");
    }
}
