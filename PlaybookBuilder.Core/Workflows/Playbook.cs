using System.Collections.Immutable;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>
/// A persistent list of steps, root first. Its id is that of its last step; playbooks that begin alike share their steps.
/// </summary>
/// <remarks>
/// An input names a process, and the same process may stand in several steps (two prompts that nobody answered yet are
/// equal). An input then means the nearest step before it, so that answering one of the two changes only what hangs on it.
/// </remarks>
public sealed class Playbook
{
    public static readonly Playbook Empty = new([]);

    private readonly Lazy<ImmutableArray<ImmutableArray<int>>> _sources;

    private Playbook(ImmutableArray<Step> steps)
    {
        Steps = steps;
        _sources = new(FindSources);
    }

    public ImmutableArray<Step> Steps { get; }

    public bool IsEmpty => Steps.IsEmpty;

    public Guid Id => Head.Id;

    public Step Head => IsEmpty ? throw new InvalidOperationException("An empty playbook has no head.") : Steps[^1];

    /// <summary>The title and description: those of the last step that has any, so that adding a step keeps them.</summary>
    public PlaybookMetadata? Metadata => Steps.LastOrDefault(step => step.Playbook is not null)?.Playbook;

    /// <summary>Makes a playbook of steps that are already chained, as they are read from the database.</summary>
    /// <exception cref="WorkflowException">A step takes the output of a process that does not stand before it.</exception>
    public static Playbook Of(IEnumerable<Step> steps)
    {
        var playbook = new Playbook([.. steps]);
        _ = playbook._sources.Value;
        return playbook;
    }

    /// <summary>Adds a step at the end.</summary>
    /// <exception cref="WorkflowException">The process takes the output of one that is not in this playbook.</exception>
    public Playbook Extend(Process process, CellMetadata? cell = null)
    {
        foreach (var input in process.Inputs)
        {
            if (LastIndexOf(input.ProcessId, Steps.Length) < 0) throw MissingInput(process, input);
        }

        return new Playbook(Steps.Add(new Step(process, IsEmpty ? null : Id, cell)));
    }

    /// <summary>The steps whose outputs the step at <paramref name="index"/> takes, in the order of its inputs.</summary>
    public ImmutableArray<int> SourcesOf(int index) => _sources.Value[index];

    /// <summary>The step at <paramref name="index"/> and all that it stands on, in order.</summary>
    public ImmutableArray<int> LineageOf(int index)
    {
        var wanted = new SortedSet<int> { index };
        var pending = new Stack<int>(wanted);
        while (pending.TryPop(out var next))
        {
            foreach (var source in SourcesOf(next))
            {
                if (wanted.Add(source)) pending.Push(source);
            }
        }

        return [.. wanted];
    }

    /// <summary>The step at <paramref name="index"/> and all that stands on it, in order.</summary>
    public ImmutableArray<int> DependentsOf(int index)
    {
        var depends = new bool[Steps.Length];
        depends[index] = true;
        for (var i = index + 1; i < depends.Length; i++) depends[i] = SourcesOf(i).Any(source => depends[source]);
        return [.. Enumerable.Range(index, depends.Length - index).Where(i => depends[i])];
    }

    public int IndexOfStep(Guid stepId)
    {
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Steps[i].Id == stepId) return i;
        }

        return -1;
    }

    /// <summary>The last step with this process, or -1.</summary>
    public int IndexOfProcess(Guid processId) => LastIndexOf(processId, Steps.Length);

    /// <summary>
    /// Replaces the process of one step. Whatever depends on it takes the new one and gets a new id, without the time of a frozen
    /// result, which was another's; all else keeps its id and so its result.
    /// </summary>
    /// <exception cref="WorkflowException">The replacement takes the output of a process that does not stand before it.</exception>
    public Playbook Rebase(int index, Process replacement)
    {
        foreach (var input in replacement.Inputs)
        {
            if (LastIndexOf(input.ProcessId, index) < 0) throw MissingInput(replacement, input);
        }

        var processes = Steps.Select(step => step.Process).ToArray();
        processes[index] = replacement;
        for (var i = index + 1; i < processes.Length; i++)
        {
            processes[i] = WithSources(i, processes);
        }

        return Rebuild(index, processes, static (_, step) => (step.Cell, step.Playbook));
    }

    /// <summary>The same steps, frozen where a time is given: when the result that is to stay was made. What stands on a frozen step takes that one's result.</summary>
    /// <param name="times">One a step, in their order.</param>
    public Playbook Freeze(IReadOnlyList<DateTimeOffset?> times)
    {
        var processes = Steps.Select(step => step.Process).ToArray();
        for (var i = 0; i < processes.Length; i++)
        {
            var process = WithSources(i, processes);
            processes[i] = times[i] is { } time ? new Process(process.Type, process.Data, process.Inputs, time) : process;
        }

        return Rebuild(0, processes, static (_, step) => (step.Cell, step.Playbook));
    }

    /// <summary>The same processes, with other metadata of one step.</summary>
    public Playbook WithCell(int index, CellMetadata? cell) =>
        Rebuild(index, [.. Steps.Select(step => step.Process)], (i, step) => (i == index ? cell : step.Cell, step.Playbook));

    /// <summary>The same processes, with another title and description as of one step.</summary>
    public Playbook WithMetadata(int index, PlaybookMetadata? metadata) =>
        Rebuild(index, [.. Steps.Select(step => step.Process)], (i, step) => (step.Cell, i == index ? metadata : step.Playbook));

    /// <summary>The same processes, with another title and description for the whole.</summary>
    public Playbook WithMetadata(PlaybookMetadata? metadata) => IsEmpty ? this : WithMetadata(Steps.Length - 1, metadata);

    private Playbook Rebuild(int from, Process[] processes, Func<int, Step, (CellMetadata? Cell, PlaybookMetadata? Playbook)> metadata)
    {
        var steps = Steps.ToBuilder();
        for (var i = from; i < steps.Count; i++)
        {
            var (cell, playbook) = metadata(i, Steps[i]);
            steps[i] = new Step(processes[i], i == 0 ? null : steps[i - 1].Id, cell, playbook);
        }

        return new Playbook(steps.ToImmutable());
    }

    private Process WithSources(int index, Process[] processes)
    {
        var process = Steps[index].Process;
        var sources = SourcesOf(index);
        if (sources.Select((source, i) => processes[source].Id == process.Inputs[i].ProcessId).All(same => same)) return process;

        return new Process(process.Type, process.Data, process.Inputs.Select((input, i) => input with { ProcessId = processes[sources[i]].Id }));
    }

    private ImmutableArray<ImmutableArray<int>> FindSources()
    {
        var last = new Dictionary<Guid, int>();
        var sources = ImmutableArray.CreateBuilder<ImmutableArray<int>>(Steps.Length);
        for (var i = 0; i < Steps.Length; i++)
        {
            var process = Steps[i].Process;
            sources.Add([.. process.Inputs.Select(input => last.TryGetValue(input.ProcessId, out var source) ? source : throw MissingInput(process, input))]);
            last[process.Id] = i;
        }

        return sources.MoveToImmutable();
    }

    private int LastIndexOf(Guid processId, int before)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            if (Steps[i].Process.Id == processId) return i;
        }

        return -1;
    }

    private static WorkflowException MissingInput(Process process, ProcessInput input) =>
        WorkflowException.Invalid($"The input '{input.Key}' of {process.Type} names the process {input.ProcessId}, which is not in this playbook before it.");
}
