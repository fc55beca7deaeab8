using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Takes jobs one after the other, runs them and tells how they ended.</summary>
internal sealed partial class Worker(int number, IJobQueue queue, JobRunner runner, EngineSignals signals, WorkerWakeUp wakeUp, TimeProvider time, ILogger<Worker> logger)
{
    // Whoever queues a job wakes a worker; this is only for the case that a waking is lost.
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private const int MostAttemptsToKeep = 5;

    /// <summary>Works until told to stop; a failure is logged and the work goes on.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var nextDue = await RunOnceAsync(stopping).ConfigureAwait(false);
                await wakeUp.WaitAsync(nextDue < SlowPoll ? nextDue.Value : SlowPoll, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailure(exception, number);
                await PauseAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Runs jobs until none is runnable.</summary>
    /// <returns>How long until the next one will be, if that is known.</returns>
    public async Task<TimeSpan?> RunOnceAsync(CancellationToken stopping)
    {
        var claim = await queue.ClaimAsync(number, 1, stopping).ConfigureAwait(false);
        while (claim.Jobs is [var job])
        {
            if (claim.HasMore) wakeUp.Wake();
            signals.Publish(new EngineSignal(job.ProcessId, SignalKind.Started));
            var finish = await RunJobAsync(job, stopping).ConfigureAwait(false);
            var outcome = await FinishAsync(finish, stopping).ConfigureAwait(false);
            Publish(outcome);
            claim = outcome.Taken;
        }

        return claim.NextDue;
    }

    // What a process type throws is its result; what comes here is the database's trouble, and no fault of the job.
    private async Task<JobFinish> RunJobAsync(ClaimedJob job, CancellationToken stopping)
    {
        try
        {
            return await runner.RunAsync(job, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFailure(exception, number);
            return new JobFinish.Retry(job, PauseAfterFailure);
        }
    }

    // A result is not given up because the database fails for a moment; one that can't be kept at all ends as an error that says so.
    private async Task<FinishOutcome> FinishAsync(JobFinish finish, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // A finish is written even while the program stops, but no further job is taken then.
                return await queue.FinishAsync(number, [finish], stopping.IsCancellationRequested ? 0 : 1, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogFailure(exception, number);
                if (attempt == MostAttemptsToKeep) finish = new JobFinish.Resolved(finish.Job, ErrorData.ToDatum($"The result could not be kept: {exception.Message}"), JobErrors.AnyVersion, TimeSpan.Zero, IsTransient: true);
                await PauseAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task PauseAsync(CancellationToken stopping) => Task.Delay(PauseAfterFailure * (0.5 + Random.Shared.NextDouble()), time, stopping);

    private void Publish(FinishOutcome outcome)
    {
        signals.Publish(outcome.Queued, SignalKind.Queued);
        signals.Publish(outcome.Finished, SignalKind.Ended);
        signals.Publish(outcome.Dropped, SignalKind.Ended);
        if (outcome.Queued.Count > outcome.Taken.Jobs.Count) wakeUp.Wake();
    }

    [LoggerMessage(LogLevel.Error, "Worker {Number} failed and goes on")]
    private partial void LogFailure(Exception exception, int number);
}
