using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Views;

/// <summary>A figure. The browser fetches its JSON by the id of the value, so that it never travels over the circuit.</summary>
public sealed partial class PlotView : DataView<PlotlyPlot>, IAsyncDisposable
{
    private ElementReference _canvas;
    private JsModule? _module;
    private IJSObjectReference? _plot;
    private Guid? _drawnId;
    private string _description = "";
    private bool _isDrawn;
    private string? _problem;

    [Inject] public required IJSRuntime JS { get; set; }

    public async ValueTask DisposeAsync()
    {
        await EraseAsync();
        if (_module is not null) await _module.DisposeAsync();
    }

    protected override void OnParametersSet() => _description = PlotDescription.Of(Value);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Context.DataId is null || _drawnId == Context.DataId) return;

        _drawnId = Context.DataId;
        await DrawAsync();
    }

    private async Task DrawAsync()
    {
        await EraseAsync();
        try
        {
            _module ??= new JsModule(JS, "./Components/Views/PlotView.razor.js");
            _plot = await _module.CallAsync<IJSObjectReference>("draw", _canvas, DataUrls.Value(Context.DataId!.Value));
            _isDrawn = true;
        }
        catch (JSException exception)
        {
            _problem = $"The plot could not be drawn: {exception.Message.Split('\n')[0]}";
        }

        StateHasChanged();
    }

    private async Task SaveAsync(string format)
    {
        if (_plot is not null) await _plot.InvokeVoidAsync("save", format, Context.Label);
    }

    private async ValueTask EraseAsync()
    {
        _isDrawn = false;
        _problem = null;
        if (_plot is null) return;

        try
        {
            await _plot.InvokeVoidAsync("erase");
        }
        catch (JSDisconnectedException)
        {
            return;
        }

        await JsModule.ReleaseAsync(_plot);
        _plot = null;
    }
}
