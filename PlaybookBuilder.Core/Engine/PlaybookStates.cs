using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>
/// Tells where every step of a playbook stands. Waiting for input, unavailability and the failure of an input are not stored:
/// they follow from the playbook, the catalogue and the stored results.
/// </summary>
public static class PlaybookStates
{
    /// <returns>One state a step, in the order of the steps.</returns>
    public static ProcessState[] Of(ComponentCatalog catalog, Playbook playbook, QueueSnapshot snapshot, EngineSignals signals)
    {
        var states = new ProcessState[playbook.Steps.Length];
        for (var i = 0; i < states.Length; i++)
        {
            var process = playbook.Steps[i].Process;
            states[i] = OfCatalog(catalog, process)
                ?? OfStored(catalog, process, snapshot)
                ?? OfSources(catalog, playbook, i, states)
                ?? OfJob(process, snapshot, signals);
        }

        return states;
    }

    /// <summary>The states after these jobs were added, or null when that does not tell all and they must be read.</summary>
    public static ProcessState[]? WithQueued(ProcessState[] states, IReadOnlyList<Job> added)
    {
        var jobs = added.ToDictionary(job => job.ProcessId);
        var after = new ProcessState[states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            if (jobs.TryGetValue(states[i].ProcessId, out var job)) after[i] = new(job.ProcessId, ProcessPhase.Queued) { Since = job.Created };
            else if (states[i].Phase == ProcessPhase.Unresolved) return null;
            else after[i] = states[i];
        }

        return after;
    }

    /// <summary>The processes that can run or will be able to: of a known type, answered, and standing only on such.</summary>
    public static IEnumerable<JobRequest> Requests(ComponentCatalog catalog, Playbook playbook)
    {
        var runnable = new bool[playbook.Steps.Length];
        for (var i = 0; i < runnable.Length; i++)
        {
            var process = playbook.Steps[i].Process;
            runnable[i] = OfCatalog(catalog, process) is null && playbook.SourcesOf(i).All(source => runnable[source]);
            // A frozen result counts at whatever version it was made.
            if (runnable[i]) yield return new JobRequest(process.Id, process.Timestamp is null ? catalog.GetProcessType(process.Type).Version : JobErrors.AnyVersion);
        }
    }

    private static ProcessState? OfCatalog(ComponentCatalog catalog, Process process)
    {
        if (catalog.FindProcessType(process.Type) is not { } type) return new(process.Id, ProcessPhase.Unavailable) { Reason = $"The component '{process.Type}' is not available here." };

        return type.IsPrompt && process.Data is null ? new(process.Id, ProcessPhase.WaitingForInput) : null;
    }

    private static ProcessState? OfStored(ComponentCatalog catalog, Process process, QueueSnapshot snapshot)
    {
        if (!snapshot.Resolutions.TryGetValue(process.Id, out var resolution)) return null;

        var isCurrent = process.Timestamp is not null || resolution.Version == JobErrors.AnyVersion || resolution.Version == catalog.GetProcessType(process.Type).Version;
        if (!isCurrent) return null;

        return new(process.Id, resolution.IsError ? ProcessPhase.Failed : ProcessPhase.Resolved) { Resolution = resolution };
    }

    private static ProcessState? OfSources(ComponentCatalog catalog, Playbook playbook, int index, ProcessState[] states)
    {
        var process = playbook.Steps[index].Process;
        foreach (var source in playbook.SourcesOf(index))
        {
            if (states[source].Phase is ProcessPhase.Failed or ProcessPhase.Unavailable)
            {
                var culprit = playbook.Steps[source].Process.Type;
                var label = catalog.FindProcessType(culprit)?.Description.Label ?? culprit;
                var own = catalog.GetProcessType(process.Type).Description.Label;
                return new(process.Id, ProcessPhase.Failed) { Reason = $"{own} can't run because of an error in {label} (step {source + 1})." };
            }
        }

        return playbook.SourcesOf(index).Any(source => states[source].Phase == ProcessPhase.WaitingForInput)
            ? new(process.Id, ProcessPhase.WaitingForInput)
            : null;
    }

    private static ProcessState OfJob(Process process, QueueSnapshot snapshot, EngineSignals signals)
    {
        if (!snapshot.Jobs.TryGetValue(process.Id, out var job)) return new(process.Id, ProcessPhase.Unresolved);

        return job.State == JobState.Running
            ? new(process.Id, ProcessPhase.Running) { Since = job.Started, Progress = signals.ProgressOf(process.Id) }
            : new(process.Id, ProcessPhase.Queued) { Since = job.Created, Place = job.Place };
    }
}
