using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Stories;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Editor;
using PlaybookBuilder.Web.Components.Stories;

namespace PlaybookBuilder.Web.Components.Report;

/// <summary>A step in the report: what it tells, what was asked and answered, and what came out; each part can be folded.</summary>
public sealed partial class ReportCell
{
    private const int DeepestIndent = 4;

    [Parameter, EditorRequired] public required OpenPlaybook Open { get; set; }

    [Parameter, EditorRequired] public required OutlineRow Row { get; set; }

    [Parameter, EditorRequired] public required StoryLinks Links { get; set; }

    /// <summary>Whether its parts are rendered; until the browser comes near, a place is kept for them.</summary>
    [Parameter] public bool IsShown { get; set; }

    [Parameter] public Datum? Output { get; set; }

    [Parameter] public object? Inputs { get; set; }

    [Parameter, EditorRequired] public required EventCallback<Datum> OnAnswer { get; set; }

    [Parameter, EditorRequired] public required EventCallback<CellMetadata> OnDescribe { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnRecompute { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnCancel { get; set; }

    private Step Step => Open.Playbook.Steps[Row.Index];

    private string TitleId => $"title-{Row.Index}";

    private string DraftKey => OpenPlaybook.DraftKeyOf(Open.Playbook, Row.Index);

    private bool IsBusy => Open.States[Row.Index].Phase is ProcessPhase.Queued or ProcessPhase.Running;

    private async Task DescribeAsync(CellMetadata cell, ChangeEventArgs change)
    {
        var description = change.Value?.ToString()?.Trim() ?? "";
        if (description != cell.Description) await OnDescribe.InvokeAsync(cell with { Description = description });
    }

    private static bool HasProcess(ProcessType? type, StepStory story) => type is { IsPrompt: true } || story.Introduction.Count + story.Methods.Count > 0;
}
