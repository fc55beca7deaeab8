using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Administration.Programs;

/// <summary>Says that this process lives, for as long as it does; whoever looks at the deployment reads it. Nothing else depends on it: which worker lives is told by locks.</summary>
internal sealed class ProgramRegistry(ProgramRole role, IModelDatabase database, IWorkerIdentity identity, IOptions<EngineOptions> options, TimeProvider time, ILogger<ProgramRegistry> logger) : PeriodicWorker(ProgramRegistry.Interval, time, logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // A process that was killed is seen for so long.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    // By it programs are listed in the order of their starts.
    private readonly Guid _id = Guid.CreateVersion7(time.GetUtcNow());
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(LongestFarewell, Time);
        await TryAsync(ForgetAsync, farewell.Token).ConfigureAwait(false);
    }

    internal override Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
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
}
