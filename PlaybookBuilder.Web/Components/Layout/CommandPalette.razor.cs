using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Playbooks;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Layout;

/// <summary>Finds components and playbooks, recent, own and published ones, by a few words, and opens them.</summary>
public sealed partial class CommandPalette : IAsyncDisposable
{
    private const int MostSaved = 200;
    private const int MostPublished = 6;

    private ElementReference _dialog;
    private ElementReference _field;
    private JsModule? _script;
    private IReadOnlyList<RecentPlaybook> _recent = [];
    private IReadOnlyList<PaletteEntry> _components = [];
    private IReadOnlyList<SavedPlaybook> _saved = [];
    private IReadOnlyList<SavedPlaybook> _published = [];
    private IReadOnlyList<PaletteEntry> _found = [];
    private string _words = "";
    private int _active;

    [Inject] public required IJSRuntime Js { get; set; }

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required RecentPlaybooks Recent { get; set; }

    [Inject] public required SavedPlaybooks Saved { get; set; }

    [Inject] public required PlaybookSearch Published { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    public async Task OpenAsync()
    {
        _script ??= new JsModule(Js, "./Components/Layout/CommandPalette.razor.js");
        _recent = await Recent.ListAsync();
        _components = PaletteEntry.Components(Catalog);
        var actor = await Visitor.GetAsync();
        _saved = actor.UserId is null ? [] : (await Saved.ListAsync(actor, areDeleted: false, 0, MostSaved, CancellationToken.None)).Playbooks;
        Find("");
        StateHasChanged();
        await _script.CallAsync("open", _dialog, _field);
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null) await _script.DisposeAsync();
    }

    private static string EntryId(int index) => $"palette-entry-{index}";

    // What is in memory shows at once; what was published follows, unless other words were typed meanwhile.
    private async Task SearchAsync(string? words)
    {
        var wanted = words ?? "";
        _published = [];
        Find(wanted);
        if (string.IsNullOrWhiteSpace(wanted)) return;

        var page = await Published.SearchAsync(new PublishedQuery { Words = wanted, Limit = MostPublished }, CancellationToken.None);
        if (_words != wanted || _components.Count == 0) return;

        _published = page.Playbooks;
        _found = PaletteEntry.Find(wanted, _recent, _components, _saved, _published);
        _active = Math.Clamp(_active, 0, Math.Max(_found.Count - 1, 0));
    }

    private void Find(string words)
    {
        _words = words;
        _active = 0;
        _found = PaletteEntry.Find(words, _recent, _components, _saved, _published);
    }

    private Task OnKey(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _active + 1 < _found.Count:
                _active++;
                break;
            case "ArrowUp" when _active > 0:
                _active--;
                break;
            case "Enter" when _active < _found.Count:
                return OpenEntryAsync(_found[_active]);
        }

        return Task.CompletedTask;
    }

    private async Task OpenEntryAsync(PaletteEntry entry)
    {
        await CloseAsync();
        Navigation.NavigateTo(entry.Url);
    }

    private Task CloseAsync() => _script is null ? Task.CompletedTask : _script.CallAsync("close", _dialog);

    // What is closed needs no memory on the server.
    private void Clear()
    {
        _components = [];
        _recent = [];
        _saved = [];
        _published = [];
        _found = [];
        _words = "";
    }
}
