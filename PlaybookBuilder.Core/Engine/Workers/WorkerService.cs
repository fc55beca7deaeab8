using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Runs this process's workers for as long as the program runs.</summary>
internal sealed class WorkerService(IServiceProvider services, IJobQueue queue, IOptions<EngineOptions> options) : BackgroundService
{
    // Those who run at once in one program go down together, so they share its number.
    private const int EmbeddedNumber = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Workers == 0) return;

        // The embedded database belongs to one process: whatever was running in it ran in one that is gone.
        await queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>()), stoppingToken).ConfigureAwait(false);
        var workers = Enumerable.Range(0, options.Value.Workers).Select(_ => ActivatorUtilities.CreateInstance<Worker>(services, EmbeddedNumber));
        await Task.WhenAll(workers.Select(worker => worker.RunAsync(stoppingToken))).ConfigureAwait(false);
    }
}
