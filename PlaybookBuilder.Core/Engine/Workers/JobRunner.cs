using System.Globalization;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Runs one job: reads its inputs, runs its process type within its limits, and tells how it ended.</summary>
internal sealed partial class JobRunner(ComponentCatalog catalog, IPlaybookStore store, IJobQueue queue, PlaybookCache cache, ValueCache values, EngineSignals signals, AbandonedRuns abandoned, JobFailures failures, WorkerMetrics metrics, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>How long a process type that was told to stop may go on before it is left to itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <param name="claimed">The outputs that the job takes, where they came with the claim.</param>
    /// <exception cref="Exception">The process or its inputs could not be read; whatever the process type throws is its result.</exception>
    public async Task<JobFinish> RunAsync(ClaimedJob job, IReadOnlyDictionary<Guid, ClaimedInput>? claimed, CancellationToken stopping)
    {
        var process = cache.FindProcess(job.ProcessId)
            ?? await store.FindProcessAsync(job.ProcessId, CancellationToken.None).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The job {job.ProcessId} has no process.");
        if (catalog.FindProcessType(process.Type) is not { } type) return Failed(job, $"The component '{process.Type}' is not available here.", JobErrors.AnyVersion, TimeSpan.Zero);

        metrics.Began(job, type.Spec);
        var started = time.GetTimestamp();
        using var span = JobTrace.StartRun(job, type.Spec);
        var finish = await RunAsync(job, type, process, claimed, started, stopping).ConfigureAwait(false);
        var outcome = JobOutcomes.Of(finish);
        JobTrace.EndRun(span, outcome);
        metrics.Ended(type.Spec, outcome, time.GetElapsedTime(started));
        if (finish is JobFinish.Resolved { Output: { Type: ErrorData.Spec } error } && outcome != JobOutcome.Cancelled) failures.Tell(new JobFailure(job.ProcessId, type.Spec, ErrorData.MessageOf(error)));
        return finish;
    }

    private async Task<JobFinish> RunAsync(ClaimedJob job, ProcessType type, Process process, IReadOnlyDictionary<Guid, ClaimedInput>? claimed, long started, CancellationToken stopping)
    {
        using var run = new JobRun(job.ProcessId, type.TimeLimit, signals, time, stopping);
        try
        {
            var inputs = await ReadInputsAsync(type, process, claimed ?? await ReadOutputsAsync(process, run).ConfigureAwait(false), run).ConfigureAwait(false);
            return await RunTypeAsync(job, type, type.DecodeAnswer(process.Data), inputs, run, started).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            return Interrupted(job, type, run, time.GetElapsedTime(started));
        }
        catch (TransientException exception)
        {
            return MayPass(job, type, exception, time.GetElapsedTime(started));
        }
        catch (WorkflowException exception)
        {
            return Failed(job, exception.Message, type.Version, time.GetElapsedTime(started));
        }
    }

    private async Task<JobFinish> RunTypeAsync(ClaimedJob job, ProcessType type, object? answer, object inputs, JobRun run, long started)
    {
        using var progress = new ThrottledProgress(job.ProcessId, signals, time);
        try
        {
            // On the pool, so that a process type that computes without awaiting can be left to itself.
            var work = Task.Run(() => RunningProcess.RunAsync(job.ProcessId, () => type.RunAsync(answer, inputs, new Progress(progress.Receive), run.Token)), run.Token);
            var output = await WithGraceAsync(work, type, run).ConfigureAwait(false);
            var datum = type.Output.Encode(output);
            values.Put(datum, type.Output, output);
            return new JobFinish.Resolved(job, datum, type.Version, time.GetElapsedTime(started));
        }
        catch (Exception) when (run.Token.IsCancellationRequested)
        {
            // Whatever it throws on being stopped, being stopped is why.
            return Interrupted(job, type, run, time.GetElapsedTime(started));
        }
        catch (Exception exception) when (RetryPolicy.IsTransient(exception))
        {
            return MayPass(job, type, exception, time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is ProcessFailedException or WorkflowException)
        {
            return Failed(job, exception.Message, type.Version, time.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            // The edge of a component: whatever it throws is its result, and a defect for us to read about.
            LogDefect(exception, type.Spec, job.ProcessId);
            return Failed(job, $"{type.Description.Label} failed unexpectedly: {exception.Message}", type.Version, time.GetElapsedTime(started));
        }
    }

    private async Task<IReadOnlyDictionary<Guid, ClaimedInput>> ReadOutputsAsync(Process process, JobRun run)
    {
        var stored = await queue.ReadAsync([process.Id, .. process.Inputs.Select(input => input.ProcessId)], run.Token).ConfigureAwait(false);
        // Who cancelled after the claim and before this run listened left a mark.
        if (stored.Jobs.TryGetValue(process.Id, out var own) && own.IsCancelRequested) run.Cancel();
        run.Token.ThrowIfCancellationRequested();
        return stored.Resolutions.Values.ToDictionary(resolution => resolution.ProcessId, resolution => new ClaimedInput(resolution.OutputId, resolution.OutputType, null));
    }

    private async Task<object> ReadInputsAsync(ProcessType type, Process process, IReadOnlyDictionary<Guid, ClaimedInput> outputs, JobRun run)
    {
        var wanted = new List<(Guid Id, DataType Type)>(process.Inputs.Length);
        foreach (var input in process.Inputs)
        {
            if (!outputs.TryGetValue(input.ProcessId, out var output) || output.OutputType == ErrorData.Spec) throw TakenBack();
            wanted.Add((output.OutputId, type.Arguments.First(argument => argument.Name == input.Argument).DataType));
        }

        var decoded = await values.ReadAsync(wanted, [.. process.Inputs.Select(input => outputs[input.ProcessId].Value).OfType<Datum>()], run.Token).ConfigureAwait(false);
        // An old one may have been freed since the claim.
        if (wanted.Exists(output => !decoded.ContainsKey(output.Id))) throw TakenBack();

        return type.BindInputs([.. process.Inputs.Select((input, i) => (input, decoded[wanted[i].Id]))]);
    }

    private static TransientException TakenBack() => new("The result of an input was taken back while this step was about to start.");

    private async Task<object> WithGraceAsync(Task<object> work, ProcessType type, JobRun run)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = run.Token.Register(interrupted.SetResult).ConfigureAwait(false);
        if (await Task.WhenAny(work, interrupted.Task).ConfigureAwait(false) == work) return await work.ConfigureAwait(false);

        if (await Task.WhenAny(work, Task.Delay(Grace, time, CancellationToken.None)).ConfigureAwait(false) != work)
        {
            LogLeftToItself(type.Spec, Grace);
            abandoned.Add();
            _ = work.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            run.Token.ThrowIfCancellationRequested();
        }

        var output = await work.ConfigureAwait(false);
        // What was finished while the program stops need not be done again; what was cancelled or late is not a result.
        if (run.IsCancelled || run.IsOutOfTime) run.Token.ThrowIfCancellationRequested();
        return output;
    }

    private static JobFinish Interrupted(ClaimedJob job, ProcessType type, JobRun run, TimeSpan duration)
    {
        if (run.IsCancelled) return new JobFinish.Resolved(job, JobErrors.Cancelled, JobErrors.AnyVersion, duration);

        return run.IsStopping && !run.IsOutOfTime
            ? new JobFinish.Released(job)
            : Failed(job, $"{type.Description.Label} took longer than its limit of {Describe(type.TimeLimit)} and was stopped.", type.Version, duration);
    }

    private static string Describe(TimeSpan limit) =>
        limit < TimeSpan.FromMinutes(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.#} seconds")
            : string.Create(CultureInfo.InvariantCulture, $"{limit.TotalMinutes:0.#} minutes");

    private JobFinish MayPass(ClaimedJob job, ProcessType type, Exception exception, TimeSpan duration)
    {
        LogTransient(exception, type.Spec, job.Attempt);
        if (job.Attempt < RetryPolicy.MostAttempts) return new JobFinish.Retry(job, RetryPolicy.DelayAfter(job.Attempt, (exception as TransientException)?.RetryAfter));

        var message = $"{exception.Message} (tried {job.Attempt} times; this may pass, try again later)";
        return new JobFinish.Resolved(job, ErrorData.ToDatum(message), type.Version, duration, IsTransient: true);
    }

    private static JobFinish Failed(ClaimedJob job, string message, int version, TimeSpan duration) =>
        new JobFinish.Resolved(job, ErrorData.ToDatum(message), version, duration);

    [LoggerMessage(LogLevel.Error, "{Type} failed unexpectedly (process {ProcessId})")]
    private partial void LogDefect(Exception exception, string type, Guid processId);

    [LoggerMessage(LogLevel.Warning, "{Type} failed in a way that may pass (attempt {Attempt})")]
    private partial void LogTransient(Exception exception, string type, int attempt);

    [LoggerMessage(LogLevel.Error, "{Type} did not stop within {Grace} and is left to itself")]
    private partial void LogLeftToItself(string type, TimeSpan grace);
}
