using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;
using PlaybookBuilder.Web.ProxiedSessions.Origin;
using PlaybookBuilder.Web.ProxiedSessions.Replicas;
using PlaybookBuilder.Web.Tunnel.Public;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Everything under <c>/socket/{session}</c>: what it is, the session's worker says.</summary>
internal static class SessionForwarding
{
    public static IServiceCollection AddSessionForwarding(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<Tunnels>();
        services.AddSingleton<Replica>();
        services.AddSingleton<SessionWays>();
        services.AddSingleton<SessionHops>();
        services.AddSingleton<SessionForwarder>();
        services.AddSingleton<SessionCalls>();
        services.AddSingleton<SessionExchange>();
        services.AddSingleton<SessionOrigin>();
        services.AddSingleton<SessionEntry>();
        services.AddSingleton<SessionOriginGate>();
        return services;
    }

    public static void MapSessionForwarding(this IEndpointRouteBuilder routes)
    {
        routes.MapTunnel();
        routes.MapSessionEntry();
        routes.Map(SessionPaths.Prefix + "/{session:guid}/{**path}", ForwardAsync).RequireAuthorization().ExcludeFromDescription().WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute(), new DisableRequestTimeoutAttribute());
    }

    private static async Task<IResult> ForwardAsync(Guid session, HttpContext context, SessionRoutes sessions, SessionForwarder forwarder, SessionOrigin origin)
    {
        var known = await sessions.GetAsync(context.User.ToActor(), session, context.RequestAborted);
        // Scripts of a worker's pages could do here whatever their reader may: only who is alone on the machine, and who shows a token and no cookie, gets them from this origin.
        if (IsAlone(context) || (BearerHandler.IsShown(context.Request) && context.Request.Cookies.Count == 0)) return await forwarder.ForwardAsync(known, context);
        if (!origin.IsSet) return Refuse($"Sessions are not shown under this address where people sign in, and have no other: neither {ProxySessionOptions.HostVariable} nor {ProxySessionOptions.UrlVariable} is set. Programs reach them here with a token.");

        return HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Upgrade.Count == 0 ? TypedResults.Redirect(origin.At(session, context.Request.GetEncodedPathAndQuery())) : Refuse($"Sessions are shown at an address of their own; this one at {origin.AddressOf(session)}.");
    }

    private static bool IsAlone(HttpContext context) => context.User.Identity?.AuthenticationType == LocalUser.Scheme;

    private static ProblemHttpResult Refuse(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status403Forbidden);
}
