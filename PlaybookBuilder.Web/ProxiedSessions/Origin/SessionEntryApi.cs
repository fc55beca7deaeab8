using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Web.ProxiedSessions.Origin;

/// <summary>Where the origin of a session sends browsers that it does not know: at the application they are signed in, or sign in, and get a ticket.</summary>
internal static partial class SessionEntryApi
{
    public static void MapSessionEntry(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{SessionPaths.Prefix}/{{session:guid}}{SessionPaths.Entry}", EnterAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> EnterAsync(Guid session, string? browser, string? to, HttpContext context, ClaimsPrincipal user, SessionRoutes sessions, SessionTickets tickets, SessionOrigin origin)
    {
        await sessions.GetAsync(user.ToActor(), session, context.RequestAborted);
        if (!origin.IsSet || !Guid.TryParse(user.FindFirstValue(SessionHandler.SessionClaim), out var signIn)) return TypedResults.Problem("It takes a browser that is signed in, and an address of their own for sessions.", statusCode: StatusCodes.Status403Forbidden);
        if (browser is null || !Hash().IsMatch(browser) || SessionPaths.Within(session, to) is not { } path) return TypedResults.Problem("The link is not complete. Open the session from the application.", statusCode: StatusCodes.Status400BadRequest);

        var ticket = await tickets.MakeAsync(session, signIn, browser, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect(origin.At(session, SessionPaths.Of(session) + SessionPaths.Entry + QueryString.Create("ticket", ticket).Add("to", path)));
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
