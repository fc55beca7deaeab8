using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>
/// Takes jobs, runs up to <paramref name="slots"/> of them at once and tells how they ended. One loop talks with the queue: what
/// ended while it did so is told together, and in the same exchange new jobs are taken for the slots that are free.
/// </summary>
internal sealed partial class Worker(int slots, IWorkerIdentity identity, IJobQueue queue, JobRunner runner, RunningJobs running, PlaybookCache cache, EngineSignals signals, WorkerWakeUp wakeUp, WorkerMetrics metrics, TimeProvider time, ILogger<Worker> logger)
{
    // Whoever queues a job wakes a worker; this is only for the case that a waking is lost.
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private const int MostAttemptsToKeep = 5;

    private readonly Channel<JobFinish> _ended = Channel.CreateUnbounded<JobFinish>(new UnboundedChannelOptions { SingleReader = true });
    private TimeSpan? _nextDue = TimeSpan.Zero;

    /// <summary>Works until told to stop, and then until what runs has stopped too; a failure is logged and the work goes on.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested || running.Count > 0)
        {
            try
            {
                await RunOnceAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // What runs is told to stop too, and ends soon.
            }
            catch (Exception exception)
            {
                LogFailure(exception);
                await PauseAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits until something ended or may be taken, and does both.</summary>
    private async Task RunOnceAsync(CancellationToken stopping)
    {
        await WaitAsync(stopping).ConfigureAwait(false);
        var ended = new List<JobFinish>();
        while (_ended.Reader.TryRead(out var finish)) ended.Add(finish);
        var free = stopping.IsCancellationRequested ? 0 : slots - running.Count + ended.Count;
        if (ended.Count == 0 && free == 0) return;

        var claim = ended.Count > 0
            ? await FinishAsync(ended, free, stopping).ConfigureAwait(false)
            : await queue.ClaimAsync(await identity.GetNumberAsync(stopping).ConfigureAwait(false), free, stopping).ConfigureAwait(false);
        // With every slot taken there is nothing to look for until one of them ends.
        _nextDue = claim.Jobs.Count < free ? claim.NextDue : null;
        if (claim.HasMore) wakeUp.WakeOthers();
        foreach (var process in claim.Processes) cache.PutProcess(process);
        foreach (var job in claim.Jobs) Start(job, claim.Inputs, stopping);
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        if (running.Count >= slots || stopping.IsCancellationRequested)
        {
            await _ended.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var ended = _ended.Reader.WaitToReadAsync(either.Token).AsTask();
        var woken = wakeUp.WaitAsync(_nextDue < SlowPoll ? _nextDue.Value : SlowPoll, either.Token);
        await Task.WhenAny(ended, woken).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Start(ClaimedJob job, IReadOnlyDictionary<Guid, ClaimedInput>? inputs, CancellationToken stopping)
    {
        running.Add(job);
        signals.Publish(new EngineSignal(job.ProcessId, SignalKind.Started));
        _ = Task.Run(async () => _ended.Writer.TryWrite(await RunJobAsync(job, inputs, stopping).ConfigureAwait(false)), CancellationToken.None);
    }

    // What a process type throws is its result; what comes here is the database's trouble, and no fault of the job.
    private async Task<JobFinish> RunJobAsync(ClaimedJob job, IReadOnlyDictionary<Guid, ClaimedInput>? inputs, CancellationToken stopping)
    {
        try
        {
            return await runner.RunAsync(job, inputs, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFailure(exception);
            return new JobFinish.Retry(job, PauseAfterFailure);
        }
    }

    private async Task<Claim> FinishAsync(List<JobFinish> ended, int take, CancellationToken stopping)
    {
        try
        {
            return await KeepAsync(ended, take, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogFailure(exception);
        }

        // One of them may be at fault.
        foreach (var finish in ended) await KeepAloneAsync(finish, stopping).ConfigureAwait(false);
        return new Claim([], TimeSpan.Zero);
    }

    // A result is not given up because the database fails for a moment; one that can't be kept at all ends as an error that says so.
    private async Task KeepAloneAsync(JobFinish finish, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await KeepAsync([finish], 0, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogFailure(exception);
                if (attempt == MostAttemptsToKeep) finish = new JobFinish.Resolved(finish.Job, ErrorData.ToDatum($"The result could not be kept: {exception.Message}"), JobErrors.AnyVersion, TimeSpan.Zero, IsTransient: true);
                await PauseAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A finish is written even while the program stops.
    private async Task<Claim> KeepAsync(IReadOnlyList<JobFinish> ended, int take, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var number = await identity.GetNumberAsync(cancellationToken).ConfigureAwait(false);
        var outcomes = new List<FinishOutcome> { await queue.FinishAsync(number, ended, take, cancellationToken).ConfigureAwait(false) };
        // While this was under way the number may have become another one, and the runs have gone over to it.
        var present = await identity.GetNumberAsync(cancellationToken).ConfigureAwait(false);
        if (present != number) outcomes.Add(await queue.FinishAsync(present, ended, 0, cancellationToken).ConfigureAwait(false));
        foreach (var finish in ended) running.Remove(finish.Job);
        JobTrace.TellKept(ended, started);
        metrics.Kept(ended, outcomes);
        foreach (var outcome in outcomes) Publish(outcome);
        return outcomes[0].Taken;
    }

    private void Publish(FinishOutcome outcome)
    {
        signals.Publish(outcome.Queued, SignalKind.Queued);
        signals.Publish(outcome.Finished, SignalKind.Ended);
        signals.Publish(outcome.Dropped, SignalKind.Ended);
    }

    private Task PauseAsync(CancellationToken stopping) => Task.Delay(PauseAfterFailure * (0.5 + Random.Shared.NextDouble()), time, stopping);

    [LoggerMessage(LogLevel.Error, "The worker failed and goes on")]
    private partial void LogFailure(Exception exception);
}
