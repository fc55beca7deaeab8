using System.Runtime.CompilerServices;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>From a playbook to its results: keeps playbooks, asks for results, waits for them, cancels and recomputes.</summary>
public sealed class PlaybookEngine(ComponentCatalog catalog, IPlaybookStore store, IJobQueue queue, EngineSignals signals, WorkerWakeUp wakeUp, PlaybookCache cache, IUploadStore uploads, TimeProvider time)
{
    /// <summary>How old a transient error must be before asking again tries again.</summary>
    public static readonly TimeSpan TransientErrorLife = TimeSpan.FromSeconds(30);

    private readonly UploadGrants _grants = new(uploads);

    /// <summary>Raised for every playbook that somebody makes or takes in, once it is kept. It must be quick and must not throw.</summary>
    internal event Action<Playbook>? Made;

    /// <summary>
    /// Checks the step at <paramref name="changed"/> and what follows it, and keeps the playbook. Only the changed step must be of a
    /// known type: one that was imported before components of this kind existed may stand after it.
    /// </summary>
    /// <exception cref="WorkflowException">A step does not fit its type, or names a file that the actor may not read.</exception>
    public async Task SaveAsync(Playbook playbook, int changed, Actor actor, CancellationToken cancellationToken)
    {
        catalog.CheckStep(playbook, changed);
        catalog.CheckKnownSteps(playbook, changed + 1);
        await ImportAsync(playbook, actor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a playbook whose steps may be of types that do not exist here.</summary>
    /// <exception cref="WorkflowException">A step names a file that the actor may not read.</exception>
    public async Task ImportAsync(Playbook playbook, Actor actor, CancellationToken cancellationToken)
    {
        if (playbook.IsEmpty) return;

        var grants = await _grants.RequireAsync(playbook, actor, cancellationToken).ConfigureAwait(false);
        await store.SaveAsync(playbook, grants, cancellationToken).ConfigureAwait(false);
        cache.Put(playbook);
        Made?.Invoke(playbook);
    }

    /// <exception cref="WorkflowException">There is no such playbook.</exception>
    public async Task<Playbook> GetAsync(Guid playbookId, CancellationToken cancellationToken)
    {
        if (cache.Find(playbookId) is { } cached) return cached;

        var playbook = await store.FindAsync(playbookId, cancellationToken).ConfigureAwait(false)
            ?? throw WorkflowException.NotFound($"There is no playbook {playbookId}.");
        cache.Put(playbook);
        return playbook;
    }

    /// <summary>A process with all that it stands on, as a playbook that ends with it.</summary>
    /// <exception cref="WorkflowException">There is no such process.</exception>
    public async Task<Playbook> GetLineageAsync(Guid processId, CancellationToken cancellationToken) =>
        await store.FindLineageAsync(processId, cancellationToken).ConfigureAwait(false)
            ?? throw WorkflowException.NotFound($"There is no process {processId}.");

    /// <summary>Tells where every step stands, without asking for anything.</summary>
    public async Task<ProcessState[]> ReadStatesAsync(Playbook playbook, CancellationToken cancellationToken)
    {
        var snapshot = await queue.ReadAsync([.. playbook.Steps.Select(step => step.Process.Id)], cancellationToken).ConfigureAwait(false);
        return PlaybookStates.Of(catalog, playbook, snapshot, signals);
    }

    /// <summary>Asks for the results of every step that can have one, and tells where every step stands.</summary>
    public Task<ProcessState[]> RequestAsync(Playbook playbook, Demand demand, CancellationToken cancellationToken) =>
        RequestAsync(playbook, demand, TransientErrorLife, cancellationToken);

    /// <summary>Asks for all results and waits until every step is done, for as long as the caller wants.</summary>
    public async Task<ProcessState[]> WaitAsync(Playbook playbook, Demand demand, CancellationToken cancellationToken)
    {
        using var ends = new ProcessEnds(signals, playbook);
        var states = await RequestAsync(playbook, demand, cancellationToken).ConfigureAwait(false);
        while (!states.All(state => state.IsDone))
        {
            await ends.WaitAsync(states.Where(state => !state.IsDone).Select(state => state.ProcessId), time, cancellationToken).ConfigureAwait(false);
            // Asks again for what somebody took back meanwhile, but not for what failed: that would be tried for as long as anybody waits.
            states = await RequestAsync(playbook, demand, transientAge: null, cancellationToken).ConfigureAwait(false);
        }

        return states;
    }

    /// <summary>Gives the states now and after every change, at most one each <paramref name="interval"/>, until the caller stops.</summary>
    public async IAsyncEnumerable<ProcessState[]> WatchAsync(Playbook playbook, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = new PlaybookChanges(signals, playbook);
        while (true)
        {
            yield return await ReadStatesAsync(playbook, cancellationToken).ConfigureAwait(false);
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            await changes.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The output of every step: its value, the error that stands for it, or null where there is none (yet).</summary>
    public async Task<Datum?[]> ReadOutputsAsync(ProcessState[] states, CancellationToken cancellationToken)
    {
        var stored = await store.FindDataAsync([.. states.Select(state => state.Resolution?.OutputId).OfType<Guid>()], cancellationToken).ConfigureAwait(false);
        return [.. states.Select(state => state switch
        {
            { Resolution: { } resolution } => stored.GetValueOrDefault(resolution.OutputId),
            { Reason: { } reason } => ErrorData.ToDatum(reason),
            _ => null,
        })];
    }

    /// <summary>Stops whatever of a playbook is queued or running.</summary>
    public Task CancelAsync(Playbook playbook, CancellationToken cancellationToken) => CancelAsync([.. playbook.Steps.Select(step => step.Process.Id)], cancellationToken);

    /// <summary>Stops those of these processes that are queued or running.</summary>
    public async Task<CancelOutcome> CancelAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken)
    {
        var outcome = await queue.CancelAsync(processIds, cancellationToken).ConfigureAwait(false);
        signals.Publish(outcome.Ended, SignalKind.Ended);
        signals.Publish(outcome.Running, SignalKind.CancelRequested);
        return outcome;
    }

    /// <summary>Forgets the result of a step and of all that stands on it, so that they are computed again when asked for.</summary>
    /// <returns>The playbook to go on with: another one when a step of these showed a frozen result.</returns>
    public async Task<Playbook> RecomputeAsync(Playbook playbook, int index, CancellationToken cancellationToken)
    {
        var thawed = playbook;
        foreach (var i in playbook.DependentsOf(index))
        {
            var process = thawed.Steps[i].Process;
            if (process.Timestamp is not null) thawed = thawed.Rebase(i, new Process(process.Type, process.Data, process.Inputs));
        }

        // Its values are those of the playbook, which was kept with its grants.
        if (thawed != playbook)
        {
            await store.SaveAsync(thawed, cancellationToken).ConfigureAwait(false);
            Made?.Invoke(thawed);
        }

        Guid[] stale = [.. thawed.DependentsOf(index).Select(i => thawed.Steps[i].Process.Id)];
        await queue.InvalidateAsync(stale, cancellationToken).ConfigureAwait(false);
        signals.Publish(stale, SignalKind.Ended);
        return thawed;
    }

    private async Task<ProcessState[]> RequestAsync(Playbook playbook, Demand demand, TimeSpan? transientAge, CancellationToken cancellationToken)
    {
        var states = await ReadStatesAsync(playbook, cancellationToken).ConfigureAwait(false);
        if (!states.Any(state => state.Phase == ProcessPhase.Unresolved || (state.Resolution is { IsTransient: true } && transientAge is not null))) return states;

        for (var i = 0; i < states.Length; i++)
        {
            if (states[i].Phase == ProcessPhase.Unresolved) cache.PutProcess(playbook.Steps[i].Process);
        }

        using var span = JobTrace.StartEnqueue();
        var changed = await queue.EnqueueAsync([.. PlaybookStates.Requests(catalog, playbook)], demand, transientAge, cancellationToken).ConfigureAwait(false);
        signals.Publish(changed.Select(job => job.ProcessId), SignalKind.Queued);
        if (changed.Any(job => job.State == JobState.Queued)) wakeUp.Wake();
        return PlaybookStates.WithQueued(states, changed) ?? await ReadStatesAsync(playbook, cancellationToken).ConfigureAwait(false);
    }
}
