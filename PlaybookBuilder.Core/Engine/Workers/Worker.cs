using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>
/// Takes jobs, runs as many at once as it has slots, and tells how they ended. One loop talks with the queue: what ended while it did
/// so is told together, and in the same exchange new jobs are taken for the slots that are free. Where many jobs wait that end at once,
/// some are taken ahead: they begin in waves, each with a short word to the queue, and are told together.
/// </summary>
internal sealed partial class Worker(IOptions<EngineOptions> options, IWorkerIdentity identity, IJobQueue queue, JobRunner runner, RunningJobs running, PlaybookCache cache, EngineSignals signals, WorkerWakeUp wakeUp, WorkerMetrics metrics, TimeProvider time, ILogger<Worker> logger)
{
    // Whoever queues a job wakes a worker; this is only for the case that a waking is lost.
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    // For how long what runs is waited for, so that the next of the jobs taken ahead begin together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);
    private const int MostAttemptsToKeep = 5;

    private readonly int _slots = options.Value.Workers;
    private readonly JobsAhead _ahead = new(options.Value.Workers, running, time);
    private readonly Channel<JobFinish> _ended = Channel.CreateUnbounded<JobFinish>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Task> _runs = [];
    private readonly List<JobFinish> _untold = [];
    private TimeSpan? _nextDue = TimeSpan.Zero;
    private int _occupied;

    private int Free => _slots - _occupied;

    /// <summary>
    /// Works until told to stop. Then nothing new begins, and what runs has a while to end by itself before it is told to stop too. A
    /// failure is logged and the work goes on.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var drain = stopping.Register(() => ending.CancelAfter(options.Value.Drain)).ConfigureAwait(false);
        while (!stopping.IsCancellationRequested || _occupied > 0 || _untold.Count > 0 || !_ahead.IsEmpty)
        {
            try
            {
                await RunOnceAsync(stopping, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // There is nothing to wait for any more but what runs.
            }
            catch (Exception exception)
            {
                LogFailure(exception);
                await PauseAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until something ended or may begin, and sees to it.</summary>
    private async Task RunOnceAsync(CancellationToken stopping, CancellationToken ending)
    {
        await WaitAsync(stopping).ConfigureAwait(false);
        while (_ended.Reader.TryRead(out var finish))
        {
            _untold.Add(finish);
            _occupied--;
        }

        _runs.RemoveAll(static run => run.IsCompleted);
        if (_ahead.IsStale || stopping.IsCancellationRequested) _untold.AddRange(_ahead.Release());
        if (!_ahead.IsEmpty && Free > 0) await BeginAheadAsync(ending).ConfigureAwait(false);
        if (_ahead.IsEmpty || _untold.Count >= JobsAhead.Most) await ExchangeAsync(stopping, ending).ConfigureAwait(false);
    }

    private async Task BeginAheadAsync(CancellationToken ending)
    {
        var next = _ahead.Take(Free);
        var begun = new HashSet<ClaimedJob>();
        try
        {
            var number = await identity.GetNumberAsync(ending).ConfigureAwait(false);
            begun = [.. await queue.BeginAsync(number, [.. next.Select(static next => next.Job)], ending).ConfigureAwait(false)];
        }
        finally
        {
            // What may not begin, or can't because the database is away, goes back.
            _untold.AddRange(next.Where(next => !begun.Contains(next.Job)).Select(static next => new JobFinish.Released(next.Job)));
        }

        foreach (var (job, inputs) in next.Where(next => begun.Contains(next.Job))) Start(job, inputs, ending);
    }

    /// <summary>Tells what ended, and takes what there is room for.</summary>
    private async Task ExchangeAsync(CancellationToken stopping, CancellationToken ending)
    {
        var free = stopping.IsCancellationRequested ? 0 : Free;
        if (_untold.Count == 0 && free == 0) return;

        JobFinish[] ended = [.. _untold];
        var take = new Take(free, free > 0 && _ahead.IsEmpty ? _ahead.Wanted : 0);
        var claim = ended.Length > 0
            ? await FinishAsync(ended, take, stopping).ConfigureAwait(false)
            : await queue.ClaimAsync(await identity.GetNumberAsync(stopping).ConfigureAwait(false), take, stopping).ConfigureAwait(false);
        _untold.Clear();
        // With every slot taken there is nothing to look for until one of them ends.
        _nextDue = claim.Jobs.Count < free ? claim.NextDue : null;
        if (claim.HasMore) wakeUp.WakeOthers();
        foreach (var process in claim.Processes) cache.PutProcess(process);
        _ahead.Learn(ended, claim);
        _ahead.Add(claim);
        foreach (var job in claim.Jobs) Start(job, claim.Inputs, ending);
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        if (!_ahead.IsEmpty)
        {
            // A wave begins when the one before it has ended, or with the slots that are free after a moment.
            await Task.WhenAny(Task.WhenAll(_runs), Task.Delay(Gathering, time, CancellationToken.None)).ConfigureAwait(false);
            return;
        }

        if (Free <= 0 || stopping.IsCancellationRequested)
        {
            if (_occupied > 0 && _untold.Count == 0) await _ended.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
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

    private void Start(ClaimedJob job, IReadOnlyDictionary<Guid, ClaimedInput>? inputs, CancellationToken ending)
    {
        _occupied++;
        running.Begin(job);
        signals.Publish(new EngineSignal(job.ProcessId, SignalKind.Started));
        _runs.Add(Task.Run(async () => _ended.Writer.TryWrite(await RunJobAsync(job, inputs, ending).ConfigureAwait(false)), CancellationToken.None));
    }

    // What a process type throws is its result; what comes here is the database's trouble, and no fault of the job.
    private async Task<JobFinish> RunJobAsync(ClaimedJob job, IReadOnlyDictionary<Guid, ClaimedInput>? inputs, CancellationToken ending)
    {
        try
        {
            return await runner.RunAsync(job, inputs, ending).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFailure(exception);
            return new JobFinish.Retry(job, PauseAfterFailure);
        }
    }

    private async Task<Claim> FinishAsync(JobFinish[] ended, Take take, CancellationToken stopping)
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
        foreach (var finish in ended)
        {
            await KeepAloneAsync(finish, stopping).ConfigureAwait(false);
            _untold.Remove(finish);
        }

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
                await PauseAsync().ConfigureAwait(false);
            }
        }
    }

    // A finish is written even while the program stops.
    private async Task<Claim> KeepAsync(IReadOnlyList<JobFinish> ended, Take take, CancellationToken cancellationToken)
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
        // One that does not count may have been kept by an exchange whose answer got lost: whoever waits for it looks.
        signals.Publish(ended.OfType<JobFinish.Resolved>().Select(finish => finish.Job.ProcessId).Except(outcomes.SelectMany(outcome => outcome.Finished)), SignalKind.Ended);
        return outcomes[0].Taken;
    }

    private void Publish(FinishOutcome outcome)
    {
        signals.Publish(outcome.Queued, SignalKind.Queued);
        signals.Publish(outcome.Finished, SignalKind.Ended);
        signals.Publish(outcome.Dropped, SignalKind.Ended);
    }

    // Short enough not to be cut by the program's end.
    private Task PauseAsync() => Task.Delay(PauseAfterFailure * (0.5 + Random.Shared.NextDouble()), time, CancellationToken.None);

    [LoggerMessage(LogLevel.Error, "The worker failed and goes on")]
    private partial void LogFailure(Exception exception);
}
