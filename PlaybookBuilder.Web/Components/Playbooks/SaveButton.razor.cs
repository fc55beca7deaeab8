using Microsoft.AspNetCore.Components;
using MudBlazor;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Editor;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Playbooks;

public sealed partial class SaveButton
{
    private Actor _actor = new(Guid.Empty);
    private SavedPlaybook? _saved;
    private PublishDialog? _publish;
    private Modal? _titling;
    private string _title = "";
    private (Guid Playbook, Guid? Origin)? _shown;
    private bool _isBusy;

    [Parameter, EditorRequired] public required OpenPlaybook Open { get; set; }

    /// <summary>The saved playbook that edits led here from; null when it was none.</summary>
    [Parameter] public Guid? Origin { get; set; }

    /// <summary>Told of the playbook to go on with: the one that was shown, with its results frozen.</summary>
    [Parameter, EditorRequired] public required EventCallback<Playbook> OnMove { get; set; }

    [Inject] public required SavedPlaybooks Saved { get; set; }

    [Inject] public required PlaybookEngine Engine { get; set; }

    [Inject] public required RecentPlaybooks Recent { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required ISnackbar Messages { get; set; }

    private bool IsEdited => _saved?.PlaybookId != Open.Playbook.Id;

    private bool IsKept => !IsEdited && !Open.Playbook.Steps.Zip(Open.States).Any(step => step.Second.Phase == ProcessPhase.Resolved && step.First.Process.Timestamp is null);

    private string Explanation => _saved is null
        ? "Keeps this playbook in your list with the results that it shows. Steps without a result stay live."
        : $"Keeps what is shown as version {_saved.Version + 1} of “{_saved.Title}”{(_saved.Published is null ? "" : ", which is published")}. Earlier versions stay.";

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == (Open.Playbook.Id, Origin)) return;

        var shown = (Open.Playbook.Id, Origin);
        _shown = shown;
        _actor = await Visitor.GetAsync();
        var saved = await Saved.FindAsync(_actor, shown.Id, CancellationToken.None)
            ?? (shown.Origin is { } origin ? await Saved.FindOwnAsync(_actor, origin, CancellationToken.None) : null);
        // The page may have gone on meanwhile.
        if (_shown == shown) _saved = saved;
    }

    private async Task BeginAsync()
    {
        if (Open.HasTitle)
        {
            await SaveAsync(Open.Playbook);
            return;
        }

        _title = _saved is { Title: var kept and not OpenPlaybook.Untitled } ? kept : GivenText.Shorten(Open.Name, SavedPlaybooks.LongestTitle);
        await _titling!.OpenAsync();
    }

    private async Task SaveTitledAsync()
    {
        if (string.IsNullOrWhiteSpace(_title)) return;

        await _titling!.CloseAsync();
        await SaveAsync(Open.Playbook.WithMetadata((Open.Playbook.Metadata ?? new PlaybookMetadata()) with { Title = _title.Trim() }));
    }

    private async Task SaveAsync(Playbook playbook)
    {
        if (_isBusy) return;

        _isBusy = true;
        try
        {
            await MoveAsync(await Saved.SaveAsync(_actor, playbook, _saved?.Id, CancellationToken.None));
            Messages.Add($"Saved as version {_saved!.Version} of “{_saved.Title}”.", Severity.Success);
        }
        catch (AccessException exception)
        {
            Messages.Add(exception.Message, Severity.Error);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task MoveAsync(SavedPlaybook saved)
    {
        _saved = saved;
        await Recent.AttachAsync(Open.Playbook.Id, saved.Id);
        if (saved.PlaybookId != Open.Playbook.Id) await OnMove.InvokeAsync(await Engine.GetAsync(saved.PlaybookId, CancellationToken.None));
    }
}
