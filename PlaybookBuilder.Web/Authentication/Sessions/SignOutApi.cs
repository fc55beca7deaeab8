using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Sessions;

/// <summary>Signing out: this browser, or all.</summary>
internal static class SignOutApi
{
    public static void MapSignOut(this IEndpointRouteBuilder routes)
    {
        var forms = FormsOnly.MapForms(routes);
        forms.MapPost($"/{AppUrls.SignOut}", SignOutAsync);
        forms.MapPost($"/{AppUrls.SignOutEverywhere}", SignOutEverywhereAsync);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, ClaimsPrincipal user, UserSessions sessions)
    {
        try
        {
            if (Guid.TryParse(user.FindFirstValue(SessionHandler.SessionClaim), out var session)) await sessions.EndAsync(user.ToActor(), session, context.ToVisit(), context.RequestAborted);
        }
        catch (AccessException)
        {
            // Ended already, in another tab.
        }

        return Leave(context);
    }

    private static async Task<RedirectHttpResult> SignOutEverywhereAsync(HttpContext context, ClaimsPrincipal user, UserSessions sessions)
    {
        if (user.UserId() is not null) await sessions.EndAllAsync(user.ToActor(), context.ToVisit(), context.RequestAborted);
        return Leave(context);
    }

    private static RedirectHttpResult Leave(HttpContext context)
    {
        SessionCookie.Remove(context);
        // What the browser keeps of drafts and recent playbooks is nothing to whoever comes next.
        context.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return TypedResults.Redirect($"{context.Request.PathBase}/{AppUrls.Start}");
    }
}
