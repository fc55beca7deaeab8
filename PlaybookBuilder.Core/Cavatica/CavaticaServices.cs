using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Cavatica.Work;

namespace PlaybookBuilder.Core.Cavatica;

public static class CavaticaServices
{
    /// <summary>Adds sessions that run elsewhere in the user's name; needs accounts and the engine's signals.</summary>
    public static IServiceCollection AddProxySessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProxySessionOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxySessionOptions>, ProxySessionOptionsValidator>();
        services.AddSingleton<ProxySessionStore>();
        services.AddSingleton<ISessionLauncher, LocalLauncher>();
        services.AddSingleton<ISessionLauncher, WesLauncher>();
        services.AddSingleton<OrphanedRuns>();
        services.AddSingleton<ProxySessions>();
        services.AddSingleton<SessionRoutes>();
        services.AddSingleton<SessionDials>();
        services.AddSingleton<HopTokens>();
        services.AddSingleton<SessionTickets>();
        services.AddHostedService<SessionMonitor>();
        services.AddHostedService(static provider => provider.GetRequiredService<OrphanedRuns>());
        return services;
    }

    /// <summary>Adds users' accounts on CAVATICA and what is in their projects; needs accounts, uploads, the engine, and Data Protection where keys are kept or used.</summary>
    public static IServiceCollection AddCavaticaAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CavaticaOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CavaticaOptions>, CavaticaOptionsValidator>();
        services.AddSingleton(static provider => new AccountKeys(provider.GetRequiredService<IDataProtectionProvider>));
        services.AddSingleton<CavaticaAccounts>();
        services.AddSingleton<UserProjects>();
        services.AddSingleton<ProjectFiles>();
        services.AddSingleton<KeptWork>();
        return services;
    }
}
