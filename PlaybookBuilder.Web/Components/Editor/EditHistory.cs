using Microsoft.JSInterop;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>Whether there is an edit to take back, or one that was taken back.</summary>
public sealed record EditPosition(bool CanUndo, bool CanRedo)
{
    public static readonly EditPosition None = new(false, false);
}

/// <summary>
/// The edits of this browser tab, as addresses of the playbooks before and after them; kept by the tab. Playbooks are immutable, so undoing is going back.
/// </summary>
public sealed class EditHistory(IJSRuntime js) : IAsyncDisposable
{
    private readonly JsModule _script = new(js, "./edits.js");

    /// <summary>Tells which playbook is shown now: one that no edit led to begins a history of its own.</summary>
    public Task<EditPosition> ArriveAsync(Guid? playbookId, string url) => _script.CallAsync<EditPosition>("arrive", KeyOf(playbookId), url);

    public Task RecordAsync(Guid? before, string urlBefore, Guid after, string urlAfter) => _script.CallAsync("record", KeyOf(before), urlBefore, KeyOf(after), urlAfter);

    /// <summary>Tells that a playbook goes on under another id without having been edited.</summary>
    public Task SwapAsync(Guid before, Guid after, string url) => _script.CallAsync("swap", KeyOf(before), KeyOf(after), url);

    /// <returns>Where to go; null when there is nothing to take back.</returns>
    public Task<string?> UndoAsync() => _script.CallAsync<string?>("undo");

    public Task<string?> RedoAsync() => _script.CallAsync<string?>("redo");

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private static string KeyOf(Guid? playbookId) => playbookId?.ToString() ?? AppUrls.EmptyPlaybook;
}
