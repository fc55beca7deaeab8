using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Providers;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class SessionsPage
{
    private List<UserSession>? _sessions;
    private Guid? _own;
    private string? _problem;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal UserSessions Sessions { get; set; } = null!;

    [Inject] internal SignInProviders Providers { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _own = await Visit.GetSessionAsync();
        _sessions = await Sessions.ListAsync(await Current.GetAsync(), CancellationToken.None);
    }

    private async Task EndAsync(UserSession session)
    {
        try
        {
            _problem = null;
            await Sessions.EndAsync(await Current.GetAsync(), session.Id, await Visit.GetAsync(CancellationToken.None), CancellationToken.None);
        }
        catch (AccessException exception)
        {
            _problem = exception.Message;
        }

        _sessions?.Remove(session);
    }
}
