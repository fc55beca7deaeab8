using System.Diagnostics;
using Microsoft.AspNetCore.Components.Authorization;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Stories;
using PlaybookBuilder.Core.Telemetry;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using Process = PlaybookBuilder.Core.Workflows.Process;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>A playbook that a page shows and edits: its steps, where they stand and what they tell. An edit makes another playbook; this one stays as it is.</summary>
public sealed class OpenPlaybook(PlaybookEngine engine, ComponentCatalog catalog, StoryTeller teller, ValueCache values, AuthenticationStateProvider visitor)
{
    /// <summary>What stands where a title is missing.</summary>
    public const string Untitled = "Untitled playbook";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly Narrative Untold = new([], []);

    // The click that an edit began with. What follows comes in by other events: the navigation that it leads to, and the results.
    private ActivityContext _click;

    public Playbook Playbook { get; private set; } = Playbook.Empty;

    public ProcessState[] States { get; private set; } = [];

    public Narrative Narrative { get; private set; } = Untold;

    public bool HasTitle => !string.IsNullOrWhiteSpace(Playbook.Metadata?.Title);

    public string Title => Playbook.Metadata?.Title is { Length: > 0 } title ? title : Untitled;

    /// <summary>What tells this playbook from others in a list: its title, or what it goes from and to.</summary>
    public string Name => Playbook switch
    {
        { Metadata.Title.Length: > 0 } or { IsEmpty: true } => Title,
        { Steps.Length: 1 } => LabelOf(0),
        _ => $"{LabelOf(0)} → {LabelOf(Playbook.Steps.Length - 1)}",
    };

    /// <param name="compute">Whether to ask for results too; a page that is only fetched does not.</param>
    /// <exception cref="WorkflowException">There is no such playbook.</exception>
    public async Task LoadAsync(Guid? playbookId, bool compute, CancellationToken cancellationToken)
    {
        using var span = PlaybookTelemetry.Spans.StartActivity("open playbook", ActivityKind.Internal, _click);
        var playbook = playbookId is { } id ? await engine.GetAsync(id, cancellationToken) : Playbook.Empty;
        var states = playbook.IsEmpty ? []
            : compute ? await engine.RequestAsync(playbook, await FindDemandAsync(), cancellationToken)
            : await engine.ReadStatesAsync(playbook, cancellationToken);
        Playbook = playbook;
        await TakeAsync(states, cancellationToken);
    }

    /// <summary>Follows the playbook's states until cancelled, and tells after every change.</summary>
    /// <param name="dispatch">Runs what changes this on the page's own turn.</param>
    public async Task WatchAsync(Func<Func<Task>, Task> dispatch, Func<Task> changed, CancellationToken cancellationToken)
    {
        var watched = Playbook;
        if (watched.IsEmpty) return;

        try
        {
            await foreach (var states in engine.WatchAsync(watched, Interval, cancellationToken))
            {
                await dispatch(async () =>
                {
                    if (Playbook != watched || states.SequenceEqual(States)) return;

                    using var span = PlaybookTelemetry.Spans.StartActivity("show results", ActivityKind.Internal, _click);
                    span?.SetTag("playbook.steps.done", states.Count(state => state.IsDone));
                    await TakeAsync(states, cancellationToken);
                    await changed();
                });
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page went on to something else.
        }
    }

    public ProcessType? TypeOf(int index) => catalog.FindProcessType(Playbook.Steps[index].Process.Type);

    public string LabelOf(int index) =>
        Playbook.Steps[index].Cell?.Label is { Length: > 0 } label ? label : TypeOf(index)?.Description.Label ?? Playbook.Steps[index].Process.Type;

    /// <summary>The value that a step shows: its output, or the error that stands for it.</summary>
    public async Task<Datum?> ReadOutputAsync(int index, CancellationToken cancellationToken) => (await ReadOutputsAsync([index], cancellationToken))[0];

    /// <summary>The values that steps show, in their order, read at once.</summary>
    public Task<Datum?[]> ReadOutputsAsync(IEnumerable<int> indexes, CancellationToken cancellationToken) =>
        engine.ReadOutputsAsync([.. indexes.Select(index => States[index])], cancellationToken);

    /// <summary>The decoded inputs that a prompt's form offers its choices from; null while one of them has no result.</summary>
    public async Task<object?> ReadInputsAsync(int index, CancellationToken cancellationToken)
    {
        var process = Playbook.Steps[index].Process;
        if (TypeOf(index) is not { IsPrompt: true } type) return null;

        var sources = Playbook.SourcesOf(index);
        if (sources.Any(source => States[source].Phase != ProcessPhase.Resolved)) return null;

        var outputs = sources.Select(source => (Id: States[source].Resolution!.OutputId, Type: TypeOf(source)!.Output)).ToArray();
        var read = await values.ReadAsync([.. outputs.Distinct()], cancellationToken);
        if (outputs.Any(output => !read.ContainsKey(output.Id))) return null;

        return type.BindInputs([.. process.Inputs.Select((input, i) => (input, read[outputs[i].Id]))]);
    }

    /// <summary>
    /// The name under which the browser keeps what is typed into a prompt and not yet submitted. It stays the same while other steps are edited; two
    /// prompts that are equal so far are told apart by their order.
    /// </summary>
    public static string DraftKeyOf(Playbook playbook, int index)
    {
        var process = playbook.Steps[index].Process.Id;
        return $"{process}:{playbook.Steps.Take(index).Count(step => step.Process.Id == process)}";
    }

    /// <exception cref="WorkflowException">The step does not fit.</exception>
    public async Task<Playbook> ExtendAsync(NextStep next, CancellationToken cancellationToken)
    {
        RememberClick();
        var extended = Playbook.Extend(next.ToProcess());
        await engine.SaveAsync(extended, extended.Steps.Length - 1, await FindActorAsync(), cancellationToken);
        return extended;
    }

    /// <summary>Answers a prompt, or answers it anew; all that depends on it follows.</summary>
    /// <exception cref="WorkflowException">The answer does not fit.</exception>
    public async Task<Playbook> AnswerAsync(int index, Datum answer, CancellationToken cancellationToken)
    {
        RememberClick();
        var process = Playbook.Steps[index].Process;
        var answered = Playbook.Rebase(index, new Process(process.Type, answer, process.Inputs));
        // Only the answer is new: later steps may be of types that do not exist here, and are kept as they are.
        catalog.CheckStep(answered, index);
        await engine.ImportAsync(answered, await FindActorAsync(), cancellationToken);
        return answered;
    }

    public async Task<Playbook> DescribeAsync(PlaybookMetadata metadata, CancellationToken cancellationToken)
    {
        var described = Playbook.WithMetadata(metadata);
        await engine.ImportAsync(described, await FindActorAsync(), cancellationToken);
        return described;
    }

    public async Task<Playbook> DescribeCellAsync(int index, CellMetadata cell, CancellationToken cancellationToken)
    {
        var described = Playbook.WithCell(index, cell);
        await engine.ImportAsync(described, await FindActorAsync(), cancellationToken);
        return described;
    }

    public async Task<Playbook> RecomputeAsync(int index, CancellationToken cancellationToken)
    {
        RememberClick();
        var playbook = await engine.RecomputeAsync(Playbook, index, cancellationToken);
        if (playbook.Id == Playbook.Id) await TakeAsync(await engine.RequestAsync(playbook, await FindDemandAsync(), cancellationToken), cancellationToken);
        return playbook;
    }

    public Task CancelAsync(CancellationToken cancellationToken) => engine.CancelAsync(Playbook, cancellationToken);

    private void RememberClick() => _click = Activity.Current?.Context ?? default;

    private async Task<Demand> FindDemandAsync() => (await visitor.GetAuthenticationStateAsync()).User.ToDemand();

    private async Task<Actor> FindActorAsync() => (await visitor.GetAuthenticationStateAsync()).User.ToActor();

    private async Task TakeAsync(ProcessState[] states, CancellationToken cancellationToken)
    {
        var isTold = Narrative.Steps.Count == states.Length && States.Select(OutputOf).SequenceEqual(states.Select(OutputOf))
            && States.Select(state => state.ProcessId).SequenceEqual(states.Select(state => state.ProcessId));
        States = states;
        if (!isTold) Narrative = Playbook.IsEmpty ? Untold : await teller.TellAsync(Playbook, states, cancellationToken);
    }

    private static Guid? OutputOf(ProcessState state) => state.Resolution?.OutputId;
}
