using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Runs one job: reads its inputs, runs its process type within its limits, and tells how it ended.</summary>
internal sealed partial class JobRunner(ComponentCatalog catalog, IPlaybookStore store, IJobQueue queue, ValueCache values, EngineSignals signals, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>How long a process type that was told to stop may go on before it is left to itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public async Task<JobFinish> RunAsync(ClaimedJob job, CancellationToken stopping)
    {
        var process = await store.FindProcessAsync(job.ProcessId, stopping).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The job {job.ProcessId} has no process.");
        if (catalog.FindProcessType(process.Type) is not { } type) return Failed(job, $"The component '{process.Type}' is not available here.", JobErrors.AnyVersion, TimeSpan.Zero);

        var started = time.GetTimestamp();
        using var run = new JobRun(job.ProcessId, type.TimeLimit, signals, time, stopping);
        try
        {
            var output = await RunTypeAsync(type, process, run).ConfigureAwait(false);
            return new JobFinish.Resolved(job, output, type.Version, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
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

    private async Task<Datum> RunTypeAsync(ProcessType type, Process process, JobRun run)
    {
        var inputs = await ReadInputsAsync(type, process, run.Token).ConfigureAwait(false);
        var answer = type.DecodeAnswer(process.Data);
        var progress = new ThrottledProgress(process.Id, signals, time);
        // On the pool, so that a process type that computes without awaiting can be left to itself.
        var work = Task.Run(() => type.RunAsync(answer, inputs, new Progress(progress.Receive), run.Token), run.Token);
        var output = await WithGraceAsync(work, type, run).ConfigureAwait(false);
        var datum = type.Output.Encode(output);
        values.Put(datum, type.Output, output);
        return datum;
    }

    private async Task<object> ReadInputsAsync(ProcessType type, Process process, CancellationToken cancellationToken)
    {
        if (process.Inputs.IsEmpty) return type.BindInputs([]);

        var stored = await queue.ReadAsync([.. process.Inputs.Select(input => input.ProcessId)], cancellationToken).ConfigureAwait(false);
        var wanted = new List<(Guid Id, DataType Type)>(process.Inputs.Length);
        foreach (var input in process.Inputs)
        {
            if (!stored.Resolutions.TryGetValue(input.ProcessId, out var resolution) || resolution.IsError) throw new TransientException("The result of an input was taken back while this step was about to start.");
            wanted.Add((resolution.OutputId, type.Arguments.First(argument => argument.Name == input.Argument).DataType));
        }

        var decoded = await values.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        return type.BindInputs([.. process.Inputs.Select((input, i) => (input, decoded[wanted[i].Id]))]);
    }

    private async Task<object> WithGraceAsync(Task<object> work, ProcessType type, JobRun run)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = run.Token.Register(interrupted.SetResult).ConfigureAwait(false);
        if (await Task.WhenAny(work, interrupted.Task).ConfigureAwait(false) == work) return await work.ConfigureAwait(false);

        if (await Task.WhenAny(work, Task.Delay(Grace, time, CancellationToken.None)).ConfigureAwait(false) != work)
        {
            LogLeftToItself(type.Spec, Grace);
            _ = work.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        run.Token.ThrowIfCancellationRequested();
        return await work.ConfigureAwait(false);
    }

    private static JobFinish Interrupted(ClaimedJob job, ProcessType type, JobRun run, TimeSpan duration)
    {
        if (run.IsCancelled) return new JobFinish.Resolved(job, JobErrors.Cancelled, JobErrors.AnyVersion, duration);

        return run.IsStopping && !run.IsOutOfTime
            ? new JobFinish.Released(job)
            : Failed(job, $"{type.Description.Label} took longer than its limit of {type.TimeLimit.TotalMinutes:0.#} minutes and was stopped.", type.Version, duration);
    }

    private JobFinish MayPass(ClaimedJob job, ProcessType type, Exception exception, TimeSpan duration)
    {
        LogTransient(exception, type.Spec, job.Attempt);
        if (job.Attempt < RetryPolicy.MostAttempts) return new JobFinish.Retry(job, time.GetUtcNow() + RetryPolicy.DelayAfter(job.Attempt, exception));

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
