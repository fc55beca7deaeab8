using Microsoft.JSInterop;

namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>A component's own ES module: imported when it is first called, let go with the component.</summary>
internal sealed class JsModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async Task<T> CallAsync<T>(string function, params object?[] arguments) => await (await ImportAsync()).InvokeAsync<T>(function, arguments);

    public async Task CallAsync(string function, params object?[] arguments) => await (await ImportAsync()).InvokeVoidAsync(function, arguments);

    public async ValueTask DisposeAsync()
    {
        if (_module is not { IsCompletedSuccessfully: true }) return;
        await ReleaseAsync(await _module);
    }

    /// <summary>Lets go of a reference; with a circuit that is already gone, its references are gone too.</summary>
    public static async ValueTask ReleaseAsync(IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
    }

    private Task<IJSObjectReference> ImportAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", path).AsTask();
}
