using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class DataPage
{
    private const string Confirmation = "delete my account";

    private Belongings? _belongings;
    private bool _isLocal;
    private PublishedChoice? _choice;
    private string _typed = "";
    private string? _problem;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal AccountDeletion Deletion { get; set; } = null!;

    private bool IsConfirmed => _typed.Trim() == Confirmation && (_choice is not null || _belongings?.Published == 0);

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        _isLocal = actor.UserId == LocalAccount.Id;
        _belongings = await Deletion.CountAsync(actor, CancellationToken.None);
    }

    private async Task DeleteAsync()
    {
        if (!IsConfirmed) return;

        try
        {
            await Deletion.DeleteAsync(await Current.GetAsync(), _choice ?? PublishedChoice.Delete, await Visit.GetAsync(CancellationToken.None), CancellationToken.None);
            Navigation.NavigateTo(AppUrls.Start, forceLoad: true);
        }
        catch (Exception exception) when (exception is ArgumentException or AccessException)
        {
            _problem = exception.Message;
        }
    }
}
