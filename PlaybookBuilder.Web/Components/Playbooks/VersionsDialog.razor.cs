using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Playbooks;

public sealed partial class VersionsDialog
{
    private const int ShownAtOnce = 20;

    private readonly List<SavedPlaybookVersion> _versions = [];
    private Modal? _modal;
    private SavedPlaybook? _saved;
    private string? _problem;
    private bool _hasMore;

    [Parameter, EditorRequired] public required EventCallback<SavedPlaybook> OnRestore { get; set; }

    [Inject] public required SavedPlaybooks Saved { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    public async Task OpenAsync(SavedPlaybook saved)
    {
        _saved = saved;
        _problem = null;
        _versions.Clear();
        await ShowMoreAsync();
        StateHasChanged();
        await _modal!.OpenAsync();
    }

    private async Task ShowMoreAsync()
    {
        if (_saved is null) return;

        var next = await Saved.ListVersionsAsync(await Visitor.GetAsync(), _saved.Id, _versions.LastOrDefault()?.Number, ShownAtOnce, CancellationToken.None);
        _versions.AddRange(next);
        _hasMore = next.Count == ShownAtOnce;
    }

    private async Task RestoreAsync(int number)
    {
        if (_saved is null) return;

        try
        {
            var restored = await Saved.RestoreAsync(await Visitor.GetAsync(), _saved.Id, number, CancellationToken.None);
            await _modal!.CloseAsync();
            await OnRestore.InvokeAsync(restored);
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException)
        {
            _problem = exception.Message;
        }
    }
}
