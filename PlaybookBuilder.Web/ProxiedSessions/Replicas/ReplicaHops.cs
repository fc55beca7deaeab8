using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Tunnel.Public;

namespace PlaybookBuilder.Web.ProxiedSessions.Replicas;

/// <summary>Takes requests that other programs of the deployment hand on to the tunnels that end here. From here they go nowhere but through these.</summary>
internal static class ReplicaHops
{
    public const string TokenHeader = "Playbook-Hop";
    public const string HostHeader = "Playbook-Hop-Host";
    public const string GoneHeader = "Playbook-Hop-Gone";

    private const string Prefix = "/replica/sessions";

    public static string PathOf(Guid sessionId) => $"{Prefix}/{sessionId}";

    /// <summary>Stands before all that looks at who asks: the other program did. Without a token there is no such path.</summary>
    public static void UseReplicaHops(this WebApplication app) => app.Use(static async (context, next) =>
    {
        var token = context.Request.Headers[TokenHeader].ToString();
        if (token.Length == 0 || !context.Request.Path.StartsWithSegments(Prefix, out var path))
        {
            await next(context);
            return;
        }

        var services = context.RequestServices;
        if (services.GetRequiredService<HopTokens>().Check(token) is not { } hop || !path.StartsWithSegments($"/{hop.SessionId}", out var rest))
        {
            await TypedResults.Problem("This was handed on by nobody who may.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
            return;
        }

        try
        {
            await (await TakeAsync(hop, rest, context, services)).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it.
        }
    });

    private static async Task<IResult> TakeAsync(Hop hop, PathString rest, HttpContext context, IServiceProvider services)
    {
        var replica = services.GetRequiredService<Replica>();
        if (await services.GetRequiredService<SessionRoutes>().FindAsync(hop.SessionId, context.RequestAborted) is not { } session || session.UserId != hop.UserId) return TypedResults.Problem("There is no such session of this user.", statusCode: StatusCodes.Status404NotFound);
        if (hop.BootId != replica.BootId || session.Holder?.BootId != replica.BootId)
        {
            context.Response.Headers[GoneHeader] = "true";
            return TypedResults.Problem("The tunnel is not here.", statusCode: StatusCodes.Status421MisdirectedRequest);
        }

        if (await services.GetRequiredService<SessionWays>().FindAsync(hop.SessionId, mayHop: false, context.RequestAborted) is not { Tunnel: { } tunnel }) return SessionForwarder.Unavailable(context, "The session's worker is not connected. Try again in a moment.");

        LiftLimits(context);
        return (await services.GetRequiredService<SessionForwarder>().ThroughAsync(tunnel, context, new RelayTransformer(rest))).Result;
    }

    // The other program minds its browsers.
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate) requestRate.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate) responseRate.MinDataRate = null;
    }
}
