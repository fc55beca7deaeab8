using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class WorkerBanner : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // What is shown should be sent before the connection goes.
    private static readonly TimeSpan TimeToShow = TimeSpan.FromMilliseconds(300);

    private SessionLife? _life;
    private ITimer? _timer;
    private bool _isEnding;

    [Inject] public required IServiceProvider Services { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        _life = Services.GetService<SessionLife>();
        if (_life is not null) _timer = Time.CreateTimer(_ => InvokeAsync(StateHasChanged), null, Minute, Minute);
    }

    private async Task EndAsync()
    {
        _isEnding = true;
        StateHasChanged();
        await Task.Delay(TimeToShow, Time);
        await _life!.EndAsync("You disconnected it.");
    }
}
