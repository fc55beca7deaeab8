using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class BringPage
{
    private bool _isBusy;
    private string? _problem;

    [Parameter] public Guid SessionId { get; set; }

    [Parameter] public Guid PlaybookId { get; set; }

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal SessionExchange Exchange { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    private async Task BringAsync()
    {
        (_isBusy, _problem) = (true, null);
        try
        {
            Navigation.NavigateTo(AppUrls.Report(await Exchange.BringAsync(await Current.GetAsync(), SessionId, PlaybookId, CancellationToken.None)));
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException or ApiRefusal)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
