using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Database.Postgres;

internal static class PostgresServices
{
    // Less than the time that orchestrators usually give a program to end.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    /// <summary>Adds the stores in Postgres, and what programs that share it need to know of each other.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services) => services
        .Configure<EngineOptions>(static options => options.DefaultDrain = Drain)
        .AddSingleton<PostgresDatabase>()
        .AddSingleton<PostgresConnection>()
        .AddSingleton<PostgresMetrics>()
        .AddSingleton<PostgresSchema>()
        .AddSingleton<PostgresSessions>()
        .AddSingleton<IModelDatabase, PostgresModelDatabase>()
        .AddSingleton<IPlaybookStore, PostgresPlaybookStore>()
        .AddSingleton<IJobQueue, PostgresJobQueue>()
        .AddSingleton<IUploadStore, PostgresUploadStore>()
        .AddSingleton<PostgresWorkerIdentity>()
        .AddSingleton<IWorkerIdentity>(static services => services.GetRequiredService<PostgresWorkerIdentity>())
        .AddSingleton<PostgresNotifier>()
        .AddSingleton<IHostedService>(static services => services.GetRequiredService<PostgresNotifier>())
        .AddHostedService<PostgresListener>()
        .AddSingleton<IHostedService>(static services => services.GetRequiredService<PostgresWorkerIdentity>())
        .AddHostedService<PostgresRescue>();
}
