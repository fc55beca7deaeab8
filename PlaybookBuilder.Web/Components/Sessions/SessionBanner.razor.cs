using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class SessionBanner : IDisposable
{
    private OwnSessions? _own;
    private ProxySession? _session;
    private Guid? _hidden;
    private string? _problem;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal ProxySessions Sessions { get; set; } = null!;

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    public void Dispose() => _own?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!Sessions.IsOn || (await Current.GetAsync()).UserId is null) return;

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
        var newest = await Sessions.FindNewestAsync(await Current.GetAsync(), CancellationToken.None);
        // How the one that was shown ended is said until its reader has seen it; those of former days are history.
        _session = (newest is { IsLive: true } || newest?.Id == _session?.Id) && newest?.Id != _hidden ? newest : null;
        return _session?.Id;
    }

    private async Task DisconnectAsync()
    {
        try
        {
            _problem = null;
            _session = await Sessions.DisconnectAsync(await Current.GetAsync(), _session!.Id, (await Visit.GetAsync(CancellationToken.None)).Address, CancellationToken.None);
        }
        catch (AccessException exception)
        {
            _problem = exception.Message;
        }
    }

    private void Hide() => (_hidden, _session) = (_session!.Id, null);

    private string Address(ProxySession session) => new Uri(new Uri(Navigation.BaseUri), SessionPaths.Of(session.Id).TrimStart('/') + "/").ToString();
}
