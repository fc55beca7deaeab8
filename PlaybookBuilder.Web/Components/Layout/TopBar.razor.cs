using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Layout;

public sealed partial class TopBar : IAsyncDisposable
{
    private CommandPalette? _palette;
    private JsModule? _script;
    private DotNetObjectReference<TopBar>? _self;

    [Inject] public required IJSRuntime Js { get; set; }

    /// <summary>Called by the browser for Ctrl K.</summary>
    [JSInvokable]
    public Task OpenPaletteAsync() => _palette is null ? Task.CompletedTask : _palette.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;

        _script = new JsModule(Js, "./Components/Layout/TopBar.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _script.CallAsync("start", _self);
    }
}
