using Microsoft.JSInterop;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>A playbook that was open in this browser. A playbook's id is made of its content, so what is remembered of it never gets stale.</summary>
/// <param name="Changed">In milliseconds since 1970.</param>
public sealed record RecentPlaybook(Guid Id, string Title, int Steps, long Changed)
{
    public DateTimeOffset ChangedAt => DateTimeOffset.FromUnixTimeMilliseconds(Changed);
}

/// <summary>The playbooks that were open in this browser, newest first; kept by the browser.</summary>
public sealed class RecentPlaybooks(IJSRuntime js) : IAsyncDisposable
{
    private readonly JsModule _script = new(js, "./recent.js");

    public async Task<IReadOnlyList<RecentPlaybook>> ListAsync() => await _script.CallAsync<RecentPlaybook[]>("list");

    /// <summary>Puts a playbook first, in the place of the one that it was made from by an edit.</summary>
    public Task RememberAsync(Guid id, string title, int steps, Guid? replaces) => _script.CallAsync("remember", id, title, steps, replaces);

    public Task ForgetAsync(Guid id) => _script.CallAsync("forget", id);

    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
