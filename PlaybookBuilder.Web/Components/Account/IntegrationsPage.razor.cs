using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class IntegrationsPage
{
    private CavaticaAccount? _account;
    private IReadOnlyList<SevenBridgesProject>? _projects;
    private bool _isKnown;
    private bool _isAsked;
    private bool _isBusy;
    private string _key = "";
    private string _project = "";
    private string? _problem;
    private string? _told;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal CavaticaAccounts Accounts { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Show(await Accounts.FindAsync(await Current.GetAsync(), CancellationToken.None));
        _isKnown = true;
    }

    // The platform is not asked for the page that is sent before the circuit is there. The first render may come before the account is known.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isAsked || !_isKnown) return;

        _isAsked = true;
        if (_account is null) return;

        await ActAsync(async actor => _projects = await Accounts.ListProjectsAsync(actor, CancellationToken.None));
        StateHasChanged();
    }

    private Task EnterAsync() => ActAsync(async actor =>
    {
        // It is not to stay on the page, whatever becomes of it.
        (var key, _key) = (_key, "");
        await SaveAsync(actor, key, project: null);
        _told = _account!.Project is { } project ? $"The key of {_account.Name} works and is kept. Sessions run in {project}." : $"The key of {_account.Name} works and is kept. Choose a project.";
    });

    private Task ChooseAsync() => ActAsync(async actor =>
    {
        await SaveAsync(actor, key: null, _project);
        _told = $"Sessions run in {_account!.Project} from now on.";
    });

    private Task DeleteAsync() => ActAsync(async actor =>
    {
        await Accounts.DeleteAsync(actor, await AddressAsync(), CancellationToken.None);
        _projects = null;
        Show(null);
        _told = "The key is deleted.";
    });

    private async Task SaveAsync(Actor actor, string? key, string? project)
    {
        (var account, _projects) = await Accounts.SaveAsync(actor, key, project, await AddressAsync(), CancellationToken.None);
        Show(account);
    }

    private void Show(CavaticaAccount? account) => (_account, _project) = (account, account?.Project ?? "");

    private async Task<string> AddressAsync() => (await Visit.GetAsync(CancellationToken.None)).Address;

    private async Task ActAsync(Func<Actor, Task> act)
    {
        if (_isBusy) return;

        (_problem, _told, _isBusy) = (null, null, true);
        try
        {
            await act(await Current.GetAsync());
        }
        catch (Exception exception) when (exception is CavaticaAccountException or AccessException)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
