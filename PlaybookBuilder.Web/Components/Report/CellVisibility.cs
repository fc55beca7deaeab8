using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Report;

/// <summary>What of a step the report shows: what was done, and what came out.</summary>
public static class CellVisibility
{
    /// <summary>
    /// As the playbook says; where it says nothing, a prompt shows its question and every other step its result. An input's result repeats the answer, so it is folded.
    /// </summary>
    public static CellMetadata Of(Step step, ProcessType? type) => step.Cell ?? new CellMetadata(
        ProcessVisible: type is { IsPrompt: true },
        DataVisible: type is not { IsPrompt: true, Arguments.Count: 0 });
}
