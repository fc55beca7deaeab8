using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Stories;

/// <summary>Tells the story of a playbook from whatever of its answers and results there is.</summary>
public sealed class StoryTeller(ComponentCatalog catalog, ValueCache values)
{
    /// <param name="states">One a step, as the engine gives them.</param>
    public async Task<Narrative> TellAsync(Playbook playbook, IReadOnlyList<ProcessState> states, CancellationToken cancellationToken)
    {
        var types = playbook.Steps.Select(step => catalog.FindProcessType(step.Process.Type)).ToArray();
        var outputs = await ReadOutputsAsync(types, states, cancellationToken).ConfigureAwait(false);
        var stories = types.Select((type, i) => type is null ? Story.Untold : Tell(type, playbook, i, outputs)).ToArray();
        return NarrativeWriter.Write(playbook, types, stories);
    }

    private async Task<object?[]> ReadOutputsAsync(ProcessType?[] types, IReadOnlyList<ProcessState> states, CancellationToken cancellationToken)
    {
        var wanted = states
            .Select((state, i) => (Type: types[i], Resolution: state.Phase == ProcessPhase.Resolved ? state.Resolution : null))
            .Where(step => step is { Type: not null, Resolution: not null })
            .Select(step => (step.Resolution!.OutputId, step.Type!.Output))
            .Distinct()
            .ToArray();
        var read = await values.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        return [.. states.Select(state => state is { Phase: ProcessPhase.Resolved, Resolution: { } resolution } ? read.GetValueOrDefault(resolution.OutputId) : null)];
    }

    private static Story Tell(ProcessType type, Playbook playbook, int index, object?[] outputs)
    {
        var process = playbook.Steps[index].Process;
        var sources = playbook.SourcesOf(index);
        var isComplete = sources.All(source => outputs[source] is not null) && process.Inputs.Length >= type.Arguments.Count;
        var inputs = isComplete ? type.BindInputs([.. process.Inputs.Select((input, i) => (input, outputs[sources[i]]!))]) : null;
        return type.TellUntyped(type.DecodeAnswer(process.Data), inputs, outputs[index]);
    }
}
