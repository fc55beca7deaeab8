using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Runs this program's worker for as long as the program runs.</summary>
internal sealed class WorkerService(Worker worker, IOptions<EngineOptions> options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Workers == 0 ? Task.CompletedTask : worker.RunAsync(stoppingToken);
}
