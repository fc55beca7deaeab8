using Microsoft.AspNetCore.Components.Server.Circuits;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Web.Tunnel;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

internal static class SessionLifeServices
{
    /// <summary>Adds what makes a worker end, and what keeps its user's work in the project if there is one; needs the tunnel that it listens at.</summary>
    public static IServiceCollection AddSessionLife(this IServiceCollection services, SessionSettings settings, TunnelHello hello)
    {
        var place = new SessionPlace(settings.Session, settings.Url, hello.Created, hello.IsCharged, hello.Project?.Path);
        services
            .AddSingleton<SessionEnd>()
            .AddSingleton(provider => new SessionLife(place, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<SessionEnd>().EndAsync))
            .AddSingleton<SessionIdleOptions>()
            .AddSingleton<SessionPresence>()
            .AddScoped<CircuitHandler, SessionBrowsers>()
            .AddTransient<IStartupFilter, SessionRequests>()
            .AddHostedService<SessionIdle>();
        if (hello.Project is not { } project) return services;

        return services
            .AddSingleton(new UserProject(project.Endpoint, project.Token, project.Path))
            .AddSingleton(provider => WorkFolder.Of(project.Endpoint, project.Token, project.Path, provider.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<WorkKeeper>()
            .AddHostedService(static provider => provider.GetRequiredService<WorkKeeper>());
    }
}
