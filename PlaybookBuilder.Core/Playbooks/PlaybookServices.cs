using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Core.Playbooks;

public static class PlaybookServices
{
    /// <summary>Adds saved and published playbooks and suggestions; needs the engine, the database, the secret and the audit log.</summary>
    public static IServiceCollection AddPlaybooks(this IServiceCollection services) => services
        .AddSingleton(static services => new SavedPlaybooks(
            services.GetRequiredService<IModelDatabase>(), services.GetRequiredService<PlaybookEngine>(), services.GetRequiredService<ComponentCatalog>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton(static services => new PlaybookPublishing(
            services.GetRequiredService<SavedPlaybooks>(), services.GetRequiredService<PlaybookEngine>(), services.GetRequiredService<ComponentCatalog>(), services.GetRequiredService<AuditLog>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton(static services => new PlaybookSearch(services.GetRequiredService<IModelDatabase>()))
        .AddSingleton(static services => new PlaybookClicks(services.GetRequiredService<IModelDatabase>(), services.GetRequiredService<AppSecret>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton(static services => new Suggestions(services.GetRequiredService<IModelDatabase>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton<WorkNotices>()
        .AddSingleton<PlaybookCleaning>()
        .AddHostedService<DeletedPlaybooksWorker>();
}
