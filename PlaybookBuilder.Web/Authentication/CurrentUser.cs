using System.Security.Claims;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Reads who is asking from a principal.</summary>
internal static class CurrentUser
{
    /// <summary>The id of the user; null for somebody who is not signed in.</summary>
    public static Guid? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>On whose account work is queued.</summary>
    public static Demand ToDemand(this ClaimsPrincipal principal) =>
        principal.UserId() is { } id ? new Demand(id.ToString()) : Demand.Anonymous;
}
