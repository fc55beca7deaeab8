using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Stories;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Stories;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>One step: what it asks, what it tells, where it stands and what it gave.</summary>
public sealed partial class StepPanel
{
    [Parameter, EditorRequired] public required OpenPlaybook Open { get; set; }

    [Parameter, EditorRequired] public required int Index { get; set; }

    /// <summary>The step's output, or the error that stands for it; null where there is none yet.</summary>
    [Parameter] public Datum? Output { get; set; }

    /// <summary>The decoded inputs of a prompt; null while one of them has no result.</summary>
    [Parameter] public object? Inputs { get; set; }

    [Parameter, EditorRequired] public required EventCallback<Datum> OnAnswer { get; set; }

    [Parameter, EditorRequired] public required EventCallback<string> OnRename { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnRecompute { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnCancel { get; set; }

    private Step Step => Open.Playbook.Steps[Index];

    private bool IsRunning => Open.States[Index].Phase is ProcessPhase.Queued or ProcessPhase.Running;

    private bool CanRecompute => Open.States[Index].Resolution is not null || Step.Process.Timestamp is not null;

    private string DraftKey => OpenPlaybook.DraftKeyOf(Open.Playbook, Index);

    private int? Waiting => Open.Playbook.LineageOf(Index).Cast<int?>()
        .FirstOrDefault(index => Open.TypeOf(index!.Value) is { IsPrompt: true } && Open.Playbook.Steps[index.Value].Process.Data is null);

    private StoryLinks Links => new(
        index => AppUrls.Graph(Open.Playbook, index),
        number => $"{AppUrls.Graph(Open.Playbook, Index)}#{StoryLinks.ReferenceAnchor(number)}");

    private static IEnumerable<int> ReferencesOf(StepStory story) =>
        new[] { story.Abstract, story.Introduction, story.Methods, story.Legend }
            .SelectMany(parts => parts)
            .OfType<StoryPart.Reference>()
            .Select(reference => reference.Number)
            .Distinct()
            .Order();
}
