using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary><c>/metrics</c> for Prometheus, for whoever shows the token; without one in the settings there is no such page.</summary>
/// <remarks>
/// Where somebody asks from says nothing: behind an ingress on the same machine everybody asks from loopback, and what it forwards,
/// headers and the name of the host among it, is for it to choose.
/// </remarks>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private const string Scheme = "Bearer ";

    public static void MapMetrics(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        if (!options.ServesMetrics) return;

        var token = Encoding.UTF8.GetBytes(options.Token!);
        app.MapPrometheusScrapingEndpoint(Path).Add(endpoint =>
        {
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => Shows(context.Request.Headers.Authorization, token) ? scrape(context) : RefuseAsync(context);
        });
    }

    private static bool Shows(string? authorization, byte[] token) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), token);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsync($"This needs the token of {TelemetryOptions.TokenVariable}.\n", context.RequestAborted);
    }
}
