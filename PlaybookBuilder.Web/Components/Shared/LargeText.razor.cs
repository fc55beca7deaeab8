using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PlaybookBuilder.Web.Components.Shared;

public sealed partial class LargeText : ComponentBase, IAsyncDisposable
{
    private const long LargestText = 16 << 20;

    private ElementReference _area;
    private JsModule? _module;
    private DotNetObjectReference<LargeText>? _self;
    private string? _sent;

    [Parameter, EditorRequired] public required string Id { get; set; }

    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>The text to show; what the researcher types comes through <see cref="ValueChanged"/>.</summary>
    [Parameter, EditorRequired] public required string Value { get; set; }

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Parameter] public int Rows { get; set; } = 10;

    [Parameter] public string? Placeholder { get; set; }

    [Parameter] public string? DescribedBy { get; set; }

    [Parameter] public bool IsInvalid { get; set; }

    [Inject] public required IJSRuntime JS { get; set; }

    /// <summary>What stands in the field at this moment.</summary>
    public async Task<string> ReadAsync()
    {
        // What was put in here, as an example is, may not have reached the browser yet when somebody is quick.
        if (_module is null || Value != (_sent ?? "")) return Value;

        await using var text = (await _module.CallAsync<Reading>("read", _area)).Text;
        return _sent = await ReadAsync(text);
    }

    /// <summary>Called by the browser when typing pauses.</summary>
    [JSInvokable]
    public async Task ReceiveAsync(IJSStreamReference? text)
    {
        await using var _ = text;
        _sent = await ReadAsync(text);
        await ValueChanged.InvokeAsync(_sent);
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_module is not null) await _module.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = new JsModule(JS, "./Components/Shared/LargeText.razor.js");
            _self = DotNetObjectReference.Create(this);
            await _module.CallAsync("watch", _area, _self);
        }

        if (_module is null || Value == (_sent ?? "")) return;

        _sent = Value;
        await _module.CallAsync("write", _area, Value);
    }

    /// <param name="Text">Null where nothing stands in the field.</param>
    internal sealed record Reading(IJSStreamReference? Text);

    /// <param name="text">Null where nothing stands in the field.</param>
    private static async Task<string> ReadAsync(IJSStreamReference? text)
    {
        if (text is null) return "";

        await using var stream = await text.OpenReadStreamAsync(LargestText);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
