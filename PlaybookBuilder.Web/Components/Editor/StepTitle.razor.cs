using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>The heading of a step, edited in place: Enter or leaving the field keeps the name, Escape does not, an empty one is the component's.</summary>
public sealed partial class StepTitle
{
    private ElementReference _field;
    private ElementReference _button;
    private string? _name;
    private bool _isEditing;
    private bool _isFocusDue;

    [Parameter, EditorRequired] public required OpenPlaybook Open { get; set; }

    [Parameter, EditorRequired] public required int Index { get; set; }

    /// <summary>The id of the heading.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    [Parameter, EditorRequired] public required EventCallback<string> OnRename { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isFocusDue) return;

        _isFocusDue = false;
        await (_isEditing ? _field : _button).FocusAsync(preventScroll: true);
    }

    private void Edit()
    {
        _name = Open.LabelOf(Index);
        _isEditing = _isFocusDue = true;
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key != "Escape") return;

        _isEditing = false;
        _isFocusDue = true;
    }

    private Task CloseAsync()
    {
        _isFocusDue = _isEditing;
        return LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        if (!_isEditing) return;

        _isEditing = false;
        var name = _name?.Trim() ?? "";
        if (name != Open.LabelOf(Index)) await OnRename.InvokeAsync(name);
    }
}
