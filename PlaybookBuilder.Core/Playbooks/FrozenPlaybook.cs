using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>A playbook that shows for good what it shows now: each step with a value has a process and a result of its own, beside the shared ones.</summary>
/// <param name="Results">The results of its frozen processes.</param>
internal sealed record FrozenPlaybook(Playbook Playbook, IReadOnlyList<ResolutionRow> Results)
{
    /// <summary>Freezes the steps that have a value. Failed ones and those without a result stay live, so that they can still be had.</summary>
    public static FrozenPlaybook Of(Playbook playbook, IReadOnlyList<ProcessState> states)
    {
        var frozen = playbook.Freeze([.. playbook.Steps.Zip(states, TimeOf)]);
        return new FrozenPlaybook(frozen, [.. frozen.Steps.Zip(states, ResultOf).OfType<ResolutionRow>().DistinctBy(result => result.ProcessId).OrderBy(result => result.ProcessId)]);
    }

    private static DateTimeOffset? TimeOf(Step step, ProcessState state) =>
        state.Phase == ProcessPhase.Resolved ? step.Process.Timestamp ?? state.Resolution!.Created : null;

    private static ResolutionRow? ResultOf(Step step, ProcessState state) => step.Process.Timestamp is null ? null : new ResolutionRow
    {
        ProcessId = step.Process.Id,
        DataId = state.Resolution!.OutputId,
        Version = state.Resolution.Version,
        Created = state.Resolution.Created,
        DurationMs = (long)state.Resolution.Duration.TotalMilliseconds,
        IsTransient = false,
    };
}
