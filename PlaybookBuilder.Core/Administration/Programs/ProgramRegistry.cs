using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Core.Administration.Programs;

/// <summary>Says that this process lives, for as long as it does; whoever looks at the deployment reads it. Nothing else depends on it: which worker lives is told by locks.</summary>
internal sealed partial class ProgramRegistry(ProgramRole role, IModelDatabase database, IWorkerIdentity identity, IOptions<EngineOptions> options, TimeProvider time, ILogger<ProgramRegistry> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // A process that was killed is seen for so long.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Guid _id = Guid.NewGuid();
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(LongestFarewell, time);
        await TryAsync(ForgetAsync, farewell.Token).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await TryAsync(RunOnceAsync, stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops, and with it this.
        }
    }

    internal Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var worker = options.Value.Workers == 0 ? null : identity.Number;
        return database.WriteAsync(
            async (context, token) =>
            {
                var seen = await context.Set<ProgramRow>().Where(row => row.Id == _id)
                    .ExecuteUpdateAsync(row => row.SetProperty(program => program.LastSeen, now).SetProperty(program => program.Worker, worker), token).ConfigureAwait(false);
                if (seen > 0) return seen;

                var forgotten = now - Remembered;
                await context.Set<ProgramRow>().Where(row => row.LastSeen < forgotten).ExecuteDeleteAsync(token).ConfigureAwait(false);
                context.Add(NewRow(now, worker));
                return await context.SaveChangesAsync(token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private Task ForgetAsync(CancellationToken cancellationToken) =>
        database.WriteAsync((context, token) => context.Set<ProgramRow>().Where(row => row.Id == _id).ExecuteDeleteAsync(token), cancellationToken);

    private ProgramRow NewRow(DateTimeOffset now, int? worker) => new()
    {
        Id = _id,
        Role = role.Name,
        Version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        Machine = Environment.MachineName,
        ProcessNumber = Environment.ProcessId,
        Slots = options.Value.Workers,
        Worker = worker,
        Started = _started,
        LastSeen = now,
    };

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program stops, or the database stays away while it does.
        }
        catch (Exception exception)
        {
            // The edge of a worker: what it could not say this time it says next time.
            LogFailure(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "It could not be written down that this program lives; the next try is in some seconds")]
    private partial void LogFailure(Exception exception);
}
