using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Hosting;

/// <summary><c>/healthz</c> tells that the program runs, <c>/readyz</c> that it can do its work.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database").AddCheck<WorkerCheck>("worker");
        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString()), context.RequestAborted);

    /// <summary>Whether the database answers.</summary>
    private sealed class DatabaseCheck(IPlaybookStore store, TimeProvider time) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            AnsweredAsync(store.FindPlaybookMetadataAsync(Guid.Empty, cancellationToken), time, "The database does not answer.");
    }

    /// <summary>Whether this program has a number among the workers, if it is one.</summary>
    private sealed class WorkerCheck(IWorkerIdentity identity, IOptions<EngineOptions> options, TimeProvider time) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            options.Value.Workers == 0 ? Task.FromResult(HealthCheckResult.Healthy("none here")) : AnsweredAsync(identity.GetNumberAsync(cancellationToken).AsTask(), time, "The worker has lost its lock.");
    }

    private static async Task<HealthCheckResult> AnsweredAsync(Task task, TimeProvider time, string failure)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(2), time);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is TimeoutException or Core.Database.DatabaseUnavailableException)
        {
            return HealthCheckResult.Unhealthy(failure);
        }
    }
}
