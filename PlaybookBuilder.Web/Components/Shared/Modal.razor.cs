using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PlaybookBuilder.Web.Components.Shared;

public sealed partial class Modal : IAsyncDisposable
{
    private ElementReference _dialog;
    private JsModule? _script;
    private bool _isOpen;

    [Parameter, EditorRequired] public required string Title { get; set; }

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    [Inject] public required IJSRuntime Js { get; set; }

    public async Task OpenAsync()
    {
        _isOpen = true;
        StateHasChanged();
        _script ??= new JsModule(Js, "./Components/Shared/Modal.razor.js");
        await _script.CallAsync("open", _dialog);
    }

    public async Task CloseAsync()
    {
        Leave();
        if (_script is not null) await _script.CallAsync("close", _dialog);
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null) await _script.DisposeAsync();
    }

    // What is closed needs no memory on the server.
    private void Leave()
    {
        _isOpen = false;
        StateHasChanged();
    }
}
