using Microsoft.AspNetCore.Components;
using MudBlazor;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.ProxiedSessions;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class SessionMove : IDisposable
{
    private SessionLife? _life;
    private OwnSessions? _own;
    private ProxySession? _session;
    private bool _isBusy;

    [Parameter, EditorRequired] public required Playbook Playbook { get; set; }

    [Parameter] public bool IsReport { get; set; }

    [Inject] public required IServiceProvider Services { get; set; }

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal ProxySessions Sessions { get; set; } = null!;

    [Inject] internal SessionExchange Exchange { get; set; } = null!;

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required ISnackbar Messages { get; set; }

    public void Dispose() => _own?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _life = Services.GetService<SessionLife>();
        var actor = await Current.GetAsync();
        if (_life is not null || !Sessions.IsOn || actor.UserId is null) return;

        // Before the first look, so that nothing falls between.
        _own = new OwnSessions(Sessions, actor, Time, ReadAsync, () => InvokeAsync(FollowAsync));
        await _own.ReadAsync();
    }

    private async Task FollowAsync()
    {
        await _own!.ReadAsync();
        StateHasChanged();
    }

    private async Task<Guid?> ReadAsync()
    {
        _session = await Sessions.FindNewestAsync(await Current.GetAsync(), CancellationToken.None);
        return _session is { IsLive: true } ? _session.Id : null;
    }

    private async Task OpenAsync()
    {
        var session = _session!.Id;
        _isBusy = true;
        try
        {
            var id = await Exchange.OpenAsync(await Current.GetAsync(), session, Playbook.Id, CancellationToken.None);
            Navigation.NavigateTo(SessionPaths.LinkTo(session, IsReport ? AppUrls.Report(id) : AppUrls.Graph(id)), forceLoad: true);
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException or ApiRefusal)
        {
            Messages.Add(exception.Message, Severity.Error);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
