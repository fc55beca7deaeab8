using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class SessionIdleNotice : IAsyncDisposable
{
    internal const string Module = "./Components/Sessions/SessionIdleNotice.razor.js";

    private SessionLife? _life;
    private IDisposable? _subscription;
    private JsModule? _script;
    private DotNetObjectReference<SessionIdleNotice>? _self;

    [Inject] public required IServiceProvider Services { get; set; }

    [Inject] public required IJSRuntime Js { get; set; }

    /// <summary>Called by the browser for what is clicked, typed and scrolled.</summary>
    [JSInvokable]
    public void Act() => _life?.Acted();

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        _self?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        _life = Services.GetService<SessionLife>();
        _subscription = _life?.Subscribe(() => _ = InvokeAsync(StateHasChanged));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _life is null) return;

        _script = new JsModule(Js, Module);
        _self = DotNetObjectReference.Create(this);
        await _script.CallAsync("start", _self);
    }
}
