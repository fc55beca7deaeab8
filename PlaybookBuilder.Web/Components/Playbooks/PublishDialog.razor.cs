using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Playbooks;

public sealed partial class PublishDialog
{
    private Modal? _modal;
    private SavedPlaybook? _saved;
    private string? _title;
    private string? _description;
    private string? _authors;
    private string _licence = Licences.Default.Id;
    private string? _problem;
    private bool _isBusy;

    [Parameter, EditorRequired] public required EventCallback<SavedPlaybook> OnChange { get; set; }

    [Inject] public required PlaybookPublishing Publishing { get; set; }

    [Inject] public required AuthenticationStateProvider Visitors { get; set; }

    [Inject] internal VisitorAddress Visitor { get; set; } = null!;

    public async Task OpenAsync(SavedPlaybook saved)
    {
        var visitor = (await Visitors.GetAuthenticationStateAsync()).User;
        _saved = saved;
        (_title, _description, _problem) = (saved.Title, saved.Description, null);
        _authors = saved.Authors.Length > 0 ? saved.Authors : visitor.Identity?.Name is { } name and not Profile.Unnamed ? name : "";
        _licence = saved.Licence.Length > 0 ? saved.Licence : Licences.Default.Id;
        StateHasChanged();
        await _modal!.OpenAsync();
    }

    private Task PublishAsync() => ChangeAsync((actor, saved) => Publishing.PublishAsync(actor, saved.Id, new Publication(_title ?? "", _description ?? "", _authors ?? "", _licence), CancellationToken.None));

    private Task UnpublishAsync() => ChangeAsync((actor, saved) => Publishing.UnpublishAsync(actor, saved.Id, Visitor.Value, CancellationToken.None));

    private async Task ChangeAsync(Func<Actor, SavedPlaybook, Task<SavedPlaybook>> change)
    {
        if (_saved is null || _isBusy) return;

        _isBusy = true;
        _problem = null;
        try
        {
            var visitor = (await Visitors.GetAuthenticationStateAsync()).User.ToActor();
            _saved = await change(visitor, _saved);
            await _modal!.CloseAsync();
            await OnChange.InvokeAsync(_saved);
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
}
