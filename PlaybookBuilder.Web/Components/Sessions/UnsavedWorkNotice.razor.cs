using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Cavatica.Work;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class UnsavedWorkNotice : IDisposable
{
    private WorkKeeper? _keeper;
    private IDisposable? _subscription;

    [Inject] public required IServiceProvider Services { get; set; }

    public void Dispose() => _subscription?.Dispose();

    protected override void OnInitialized()
    {
        _keeper = Services.GetService<WorkKeeper>();
        _subscription = _keeper?.Subscribe(() => _ = InvokeAsync(StateHasChanged));
    }
}
