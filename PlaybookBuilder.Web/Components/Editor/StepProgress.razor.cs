using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Web.Components.Editor;

public sealed partial class StepProgress : IDisposable
{
    private ITimer? _clock;

    [Parameter, EditorRequired] public required ProcessState State { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnCancel { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    private TimeSpan? Elapsed => State.Since is { } since && Time.GetUtcNow() - since is { Ticks: > 0 } elapsed ? elapsed : null;

    public void Dispose() => _clock?.Dispose();

    protected override void OnAfterRender(bool firstRender)
    {
        // A step that says nothing of itself still shows that time passes.
        if (firstRender) _clock = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }
}
