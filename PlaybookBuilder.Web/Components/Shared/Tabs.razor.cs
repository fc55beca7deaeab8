using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PlaybookBuilder.Web.Components.Shared;

public sealed partial class Tabs : IAsyncDisposable
{
    private ElementReference _tabs;
    private JsModule? _script;

    [Parameter, EditorRequired] public required string Label { get; set; }

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    [Inject] public required IJSRuntime Js { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null) await _script.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _script ??= new JsModule(Js, "./Components/Shared/Tabs.razor.js");
        try
        {
            await _script.CallAsync("show", _tabs);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }
}
