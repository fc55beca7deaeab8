using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PlaybookBuilder.Web.Components.Shared;

public sealed partial class CopyButton : IAsyncDisposable
{
    private static readonly RenderFragment Plain = builder => builder.AddContent(0, "Copy");

    private JsModule? _script;
    private string? _told;

    [Parameter, EditorRequired] public required string Text { get; set; }

    /// <summary>Tells it from the same beside other things; null where it is the only one.</summary>
    [Parameter] public string? Label { get; set; }

    /// <summary>What stands on it; "Copy" where nothing else does.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Inject] public required IJSRuntime JS { get; set; }

    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task CopyAsync()
    {
        _script ??= new JsModule(JS, "./Components/Shared/CopyButton.razor.js");
        _told = await _script.CallAsync<bool>("copy", Text) ? "Copied" : "The browser did not allow copying; select the text and copy it.";
    }
}
