using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>What the visitor saved: named, tagged, published, deleted and brought back here.</summary>
public sealed partial class MyPlaybooksPage
{
    private const int ShownAtOnce = 50;

    private Actor _actor = Actor.Anonymous;
    private SavedPlaybookList? _list;
    private PublishDialog? _publish;
    private VersionsDialog? _versions;
    private (string Text, Guid? Deleted)? _told;
    private string? _problem;
    private int _most = ShownAtOnce;

    [SupplyParameterFromQuery] public bool Deleted { get; set; }

    [Inject] public required SavedPlaybooks Saved { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _actor = await Visitor.GetAsync();
        _most = ShownAtOnce;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var list = await Saved.ListAsync(_actor, Deleted, 0, _most, CancellationToken.None);
        while (list.HasMore && list.Playbooks.Count < _most)
        {
            var next = await Saved.ListAsync(_actor, Deleted, list.Playbooks.Count, _most - list.Playbooks.Count, CancellationToken.None);
            list = new SavedPlaybookList([.. list.Playbooks, .. next.Playbooks], next.HasMore);
        }

        _list = list;
    }

    private Task ShowMoreAsync()
    {
        _most += ShownAtOnce;
        return LoadAsync();
    }

    private Task ReloadAsync(SavedPlaybook changed) => LoadAsync();

    private Task RenameAsync(SavedPlaybook saved, string title) => ChangeAsync(() => Saved.RenameAsync(_actor, saved.Id, title, CancellationToken.None), $"It is called “{title}” now.");

    private Task TagAsync(SavedPlaybook saved, IReadOnlyList<string> tags) => ChangeAsync(() => Saved.TagAsync(_actor, saved.Id, tags, CancellationToken.None), "The tags are kept.");

    private Task DuplicateAsync(SavedPlaybook saved) => ChangeAsync(() => Saved.DuplicateAsync(_actor, saved.Id, CancellationToken.None), $"There is a copy of “{saved.Title}” now.");

    private Task DeleteAsync(SavedPlaybook saved) => ChangeAsync(() => Saved.DeleteAsync(_actor, saved.Id, CancellationToken.None), $"“{saved.Title}” is deleted.", saved.Id);

    private Task UndeleteAsync(Guid id) => ChangeAsync(() => Saved.UndeleteAsync(_actor, id, CancellationToken.None), "It is back.");

    private async Task ChangeAsync(Func<Task> change, string told, Guid? deleted = null)
    {
        (_told, _problem) = (null, null);
        try
        {
            await change();
            _told = (told, deleted);
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException)
        {
            _problem = exception.Message;
        }

        await LoadAsync();
    }
}
