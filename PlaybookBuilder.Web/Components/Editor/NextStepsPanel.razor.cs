using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Catalog;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>What can come next after the selected steps, and what the rest would need.</summary>
public sealed partial class NextStepsPanel
{
    private const int FewestToNarrow = 6;
    private const int ShownAtFirst = 60;

    private readonly HashSet<Tag> _chosen = [];
    private Offers _offers = new([], [], []);
    private (Playbook Playbook, ImmutableArray<int> Selected)? _shown;
    private string _words = "";
    private string? _problem;
    private bool _isChoosing;
    private int _most = ShownAtFirst;

    [Parameter, EditorRequired] public required OpenPlaybook Open { get; set; }

    /// <summary>The steps to go on from; none for what starts a playbook.</summary>
    [Parameter, EditorRequired] public required ImmutableArray<int> Selected { get; set; }

    [Parameter, EditorRequired] public required EventCallback<NextStep> OnChoose { get; set; }

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required StartOffers Start { get; set; }

    private string Title => Selected.Length switch
    {
        0 => Open.Playbook.IsEmpty ? "Choose a first step" : "Add another input",
        1 => "What next?",
        _ => $"What next with these {Selected.Length} steps?",
    };

    private string SuggestUrl => Open.Playbook.IsEmpty ? AppUrls.Suggest() : Selected.IsEmpty ? AppUrls.Suggest(Open.Playbook.Id) : $"{AppUrls.Graph(Open.Playbook.Id, Selected.Select(index => Open.Playbook.Steps[index].Id))}/suggest";

    private string OutputLabel => Selected.IsEmpty ? "this" : Open.TypeOf(Selected[0])?.Output.Description.Label ?? "what this step would give";

    protected override void OnParametersSet()
    {
        if (_shown is { } shown && shown.Playbook == Open.Playbook && shown.Selected.SequenceEqual(Selected)) return;

        _shown = (Open.Playbook, Selected);
        _words = "";
        _problem = null;
        _chosen.Clear();
        _most = ShownAtFirst;
        _offers = Selected.IsEmpty ? Start.All : Offers.Narrow(NextSteps.Of(Catalog, Open.Playbook, Selected), _words, _chosen);
    }

    private void Search(string? words)
    {
        _words = words ?? "";
        Narrow();
    }

    private void Toggle(Tag tag)
    {
        if (!_chosen.Remove(tag)) _chosen.Add(tag);
        Narrow();
    }

    private void ShowAll()
    {
        _words = "";
        _chosen.Clear();
        Narrow();
    }

    private void Narrow() => _offers = Offers.Narrow(_offers.Everything, _words, _chosen);

    private async Task ChooseAsync(NextStep next)
    {
        // A second click while the first is on its way would add the step twice.
        if (_isChoosing) return;

        _isChoosing = true;
        _problem = null;
        try
        {
            await OnChoose.InvokeAsync(next);
        }
        catch (WorkflowException exception)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isChoosing = false;
        }
    }
}
