using Microsoft.AspNetCore.Components.Server.Circuits;
using PlaybookBuilder.Web.Tunnel;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

internal static class SessionLifeServices
{
    /// <summary>Adds what makes a worker end; needs the tunnel that it listens at.</summary>
    public static IServiceCollection AddSessionLife(this IServiceCollection services, TunnelHello hello) => services
        .AddSingleton<SessionEnd>()
        .AddSingleton(provider => new SessionLife(hello.Project?.Path, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<SessionEnd>().EndAsync))
        .AddSingleton<SessionIdleOptions>()
        .AddSingleton<SessionPresence>()
        .AddScoped<CircuitHandler, SessionBrowsers>()
        .AddTransient<IStartupFilter, SessionRequests>()
        .AddHostedService<SessionIdle>();
}
