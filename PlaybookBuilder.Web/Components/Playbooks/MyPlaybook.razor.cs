using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Playbooks;

namespace PlaybookBuilder.Web.Components.Playbooks;

public sealed partial class MyPlaybook
{
    private Field _editing;
    private string? _text;

    private enum Field
    {
        None,
        Title,
        Tags,
    }

    [Parameter, EditorRequired] public required SavedPlaybook Saved { get; set; }

    [Parameter, EditorRequired] public required EventCallback<string> OnRename { get; set; }

    [Parameter, EditorRequired] public required EventCallback<IReadOnlyList<string>> OnTag { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnPublish { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnVersions { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnDuplicate { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnDelete { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnUndelete { get; set; }

    [Inject] public required ComponentCatalog Catalog { get; set; }

    private void Edit(Field field, string text) => (_editing, _text) = (field, text);

    private void Leave() => _editing = Field.None;

    private Task RenameAsync()
    {
        Leave();
        return OnRename.InvokeAsync(_text ?? "");
    }

    private Task TagAsync()
    {
        Leave();
        return OnTag.InvokeAsync((_text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
