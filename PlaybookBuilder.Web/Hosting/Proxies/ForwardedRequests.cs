using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Hosting.Proxies;

/// <summary>Requests that a proxy passes on: who asked it, and whether by https, is believed of those that are named only.</summary>
internal static class ForwardedRequests
{
    private static readonly object Mark = new();

    public static IServiceCollection AddForwardedRequests(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProxyOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>(static (headers, proxies) =>
        {
            // Not the host: every proxy can leave that as it came, and a client may write whatever it likes into the header.
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.Networks.OfType<System.Net.IPNetwork>()) headers.KnownIPNetworks.Add(network);
        });
        return services;
    }

    /// <summary>Stands before everything that looks at a request's scheme or sender.</summary>
    public static void UseForwardedRequests(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // The next one takes out of the headers what it believes: a request that was passed on stays one.
            if (HasHeader(context.Request)) context.Items[Mark] = true;
            return next(context);
        });
        // With no networks at all it would believe everybody.
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Networks.Count > 0) app.UseForwardedHeaders();
    }

    /// <summary>Whether a proxy passed the request on, trusted or not.</summary>
    public static bool WasForwarded(this HttpContext context) => context.Items.ContainsKey(Mark) || HasHeader(context.Request);

    private static bool HasHeader(HttpRequest request) =>
        request.Headers.ContainsKey("Forwarded") || request.Headers.Keys.Any(static name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));
}
