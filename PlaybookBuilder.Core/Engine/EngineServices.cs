using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Core.Engine;

public static class EngineServices
{
    /// <summary>Adds the engine and its workers; needs the catalogue, a store and a queue.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EngineOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EngineSignals>();
        services.AddSingleton<WorkerWakeUp>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<QueueMetrics>();
        services.TryAddSingleton<IWorkerIdentity, EmbeddedWorkerIdentity>();
        services.AddSingleton<PlaybookCache>();
        services.AddSingleton<ValueCache>();
        services.AddSingleton<PlaybookEngine>();
        services.AddSingleton<PlaybookDocumentReader>();
        services.AddSingleton<AbandonedRuns>();
        services.AddSingleton<JobFailures>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<Worker>();
        services.AddSingleton<Stories.StoryTeller>();
        services.AddHostedService<WorkerService>();
        return services;
    }
}
