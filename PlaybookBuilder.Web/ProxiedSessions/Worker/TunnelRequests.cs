using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Requests that came through the tunnel: by which address browsers made them, the public side says.</summary>
internal static class TunnelRequests
{
    private const string Scheme = "X-Forwarded-Proto";
    private const string Prefix = "X-Forwarded-Prefix";

    /// <summary>Stands before everything else. The headers are believed of the tunnel alone, whose other end let in who may.</summary>
    public static void UseTunnelRequests(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (!context.CameThroughTunnel()) return next(context);

        var request = context.Request;
        if (request.Headers[Scheme].ToString() is { Length: > 0 } scheme) request.Scheme = scheme;
        if (request.Headers[Prefix].ToString() is { Length: > 0 } prefix) request.PathBase = prefix;
        request.Headers.Remove(Scheme);
        request.Headers.Remove(Prefix);
        return next(context);
    });

    public static bool CameThroughTunnel(this HttpContext context) => context.Features.Get<ITunnelFeature>() is not null;
}
