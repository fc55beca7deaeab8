using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class SessionsPanel : IDisposable
{
    private OwnSessions? _own;
    private IReadOnlyList<ProxySession>? _sessions;
    private ProxySession? _live;
    private bool _isBusy;
    private string? _problem;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal ProxySessions Sessions { get; set; } = null!;

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    public void Dispose() => _own?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!Sessions.IsOn) return;

        // Before the first look, so that nothing falls between.
        _own = new OwnSessions(Sessions, await Current.GetAsync(), Time, ReadAsync, () => InvokeAsync(FollowAsync));
        await _own.ReadAsync();
    }

    private async Task FollowAsync()
    {
        await _own!.ReadAsync();
        StateHasChanged();
    }

    private async Task<Guid?> ReadAsync()
    {
        _sessions = await Sessions.ListAsync(await Current.GetAsync(), CancellationToken.None);
        _live = _sessions.FirstOrDefault(static session => session.IsLive);
        return _live?.Id;
    }

    private async Task LaunchAsync()
    {
        try
        {
            (_isBusy, _problem) = (true, null);
            await Sessions.LaunchAsync(await Current.GetAsync(), new Uri(Navigation.BaseUri), (await Visit.GetAsync(CancellationToken.None)).Address, CancellationToken.None);
            await _own!.ReadAsync();
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException or CavaticaAccountException)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string PlaceOf(ProxySessionState stage, ProxySession session) => stage < session.State ? "done" : stage == session.State ? "now" : "later";
}
