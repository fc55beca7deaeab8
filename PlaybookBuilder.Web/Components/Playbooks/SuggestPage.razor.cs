using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>Where somebody suggests a component that is missing after some steps, or reports that a step's result is wrong.</summary>
public sealed partial class SuggestPage
{
    private const string AboutResult = "result";

    private Playbook? _playbook;
    private OwnSuggestions? _own;
    private IReadOnlyList<string> _inputs = [];
    private string? _given;
    private string? _name;
    private string? _output;
    private string? _description;
    private string? _problem;
    private string? _told;
    private string? _missing;
    private bool _isSignedOut;
    private bool _isBusy;

    [Parameter] public string? PlaybookId { get; set; }

    [Parameter] public string? NodeIds { get; set; }

    [SupplyParameterFromQuery] public string? About { get; set; }

    [Inject] public required Suggestions Suggested { get; set; }

    [Inject] public required PlaybookEngine Engine { get; set; }

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private bool IsWrongResult => About == AboutResult && _playbook is not null;

    private string Heading => IsWrongResult ? "Report a wrong result" : "Suggest a component";

    protected override async Task OnParametersSetAsync()
    {
        _isSignedOut = (await Visitor.GetAsync()).UserId is null;
        try
        {
            await LoadAsync();
        }
        catch (WorkflowException exception)
        {
            _missing = exception.Message;
            if (!RendererInfo.IsInteractive) Navigation.NotFound();
        }
    }

    private async Task LoadAsync()
    {
        _missing = null;
        if (!AppUrls.TryParsePlaybook(PlaybookId, out var id)) throw WorkflowException.NotFound("The link is not that of a playbook; check that none of it was cut off.");

        _playbook = id is { } known ? await Engine.GetAsync(known, CancellationToken.None) : null;
        if (_playbook is not { } playbook) return;

        var nodes = NodeIds is null ? [playbook.Id] : AppUrls.ParseSteps(NodeIds) ?? [];
        int[] steps = [.. nodes.Select(playbook.IndexOfStep)];
        if (steps.Contains(-1)) throw WorkflowException.NotFound("The link names a step that is not in this playbook.");

        _inputs = [.. steps.Select(step => Catalog.FindProcessType(playbook.Steps[step].Process.Type)?.Output.Spec).OfType<string>()];
        if (About == AboutResult && steps is [var only, ..]) _name = $"{Catalog.FindProcessType(playbook.Steps[only].Process.Type)?.Description.Label ?? playbook.Steps[only].Process.Type} (step {only + 1})";
    }

    private async Task SendAsync()
    {
        if (_isBusy) return;

        _isBusy = true;
        (_problem, _told) = (null, null);
        try
        {
            await Suggested.AddAsync(await Visitor.GetAsync(), ToSuggestion(), CancellationToken.None);
            _told = "Sent. You find the answer below.";
            _description = null;
            if (!IsWrongResult) (_name, _given, _output) = (null, null, null);
            if (_own is not null) await _own.LoadAsync();
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private NewSuggestion ToSuggestion() => IsWrongResult
        ? new NewSuggestion(SuggestionSubject.WrongResult, Shorten(_name), [], "", _description ?? "", _playbook?.Id)
        : new NewSuggestion(SuggestionSubject.Component, _name ?? "", _playbook is null ? SpecList.Split(_given ?? "") : _inputs, _output ?? "", _description ?? "", _playbook?.Id);

    // The label of a component may be longer than a name.
    private static string Shorten(string? name) => name is { Length: > Suggestions.LongestName } ? name[..Suggestions.LongestName] : name ?? "";
}
