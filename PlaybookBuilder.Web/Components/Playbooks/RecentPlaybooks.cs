using Microsoft.JSInterop;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>A playbook that was open in this browser. A playbook's id is made of its content, so what is remembered of it never gets stale.</summary>
/// <param name="Changed">In milliseconds since 1970.</param>
public sealed record RecentPlaybook(Guid Id, string Title, int Steps, long Changed)
{
    public DateTimeOffset ChangedAt => DateTimeOffset.FromUnixTimeMilliseconds(Changed);
}

/// <summary>The playbooks that were open in this browser, newest first; kept by the browser.</summary>
public sealed class RecentPlaybooks(IJSRuntime js, SavedPlaybooks saved, CurrentActor visitor) : IAsyncDisposable
{
    private readonly JsModule _script = new(js, "./recent.js");

    public async Task<IReadOnlyList<RecentPlaybook>> ListAsync() => await _script.CallAsync<RecentPlaybook[]>("list");

    /// <summary>Puts a playbook first, in the place of the one that it was made from by an edit.</summary>
    /// <returns>The saved playbook that edits led here from; null when it was none.</returns>
    public async Task<Guid?> RememberAsync(Guid id, string title, int steps, Guid? replaces)
    {
        // Another tab may have put something else in its place, and another browser may not have seen it being saved.
        var known = await saved.FindAsync(await visitor.GetAsync(), replaces ?? id, CancellationToken.None);
        return await _script.CallAsync<Guid?>("remember", id, title, steps, replaces, known?.Id);
    }

    /// <summary>Tells of a playbook that is on the list what it was saved as.</summary>
    public Task AttachAsync(Guid id, Guid savedId) => _script.CallAsync("attach", id, savedId);

    public Task ForgetAsync(Guid id) => _script.CallAsync("forget", id);

    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
