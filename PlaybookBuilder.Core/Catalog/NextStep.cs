using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>A process type that could come next.</summary>
/// <param name="Inputs">How its arguments would be bound; complete only when nothing is lacking.</param>
/// <param name="Lacks">What has to be there first, in words; empty when it can be added now.</param>
public sealed record NextStep(ProcessType Type, IReadOnlyList<ProcessInput> Inputs, IReadOnlyList<string> Lacks)
{
    public bool IsSatisfiable => Lacks.Count == 0;

    /// <summary>The process that adding this step makes.</summary>
    public Process ToProcess() => new(Type.Spec, inputs: Inputs);
}
