using System.Security.Claims;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Reads who is asking from a principal.</summary>
internal static class CurrentUser
{
    /// <summary>What a token was made for, as <see cref="AccessScopes"/>; there is no such claim where no token is used.</summary>
    public const string ScopesClaim = "scopes";

    /// <summary>An administrator whose token was not made for the administration: he or she is none by it.</summary>
    public const string OtherwiseAdminClaim = "otherwise-admin";

    /// <summary>The id of the user; null for somebody who is not signed in.</summary>
    public static Guid? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Whom Core is to judge by its rules.</summary>
    public static Actor ToActor(this ClaimsPrincipal principal) => new(
        principal.UserId(),
        principal.IsInRole(Roles.Admin),
        principal.IsInRole(Roles.Service),
        Enum.TryParse<AccessScopes>(principal.FindFirstValue(ScopesClaim), out var scopes) ? scopes : null);

    /// <summary>On whose account work is queued.</summary>
    public static Demand ToDemand(this ClaimsPrincipal principal) =>
        principal.UserId() is { } id ? new Demand(id.ToString()) : Demand.Anonymous;
}
