using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class ProfilePage
{
    private Profile? _profile;
    private string _name = "";
    private string _affiliation = "";
    private string? _orcid;
    private bool _wantsMail;
    private string? _problem;
    private string? _told;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] internal UserSessions Sessions { get; set; } = null!;

    [Inject] internal Profiles Profiles { get; set; } = null!;

    [Inject] internal MailSender Mail { get; set; } = null!;

    protected override async Task OnInitializedAsync() => Show(await Profiles.GetAsync(await Current.GetAsync(), CancellationToken.None));

    private async Task SaveAsync()
    {
        (_problem, _told) = (null, null);
        try
        {
            var isNamed = _profile?.Name == Profile.Unnamed;
            Show(await Profiles.ChangeAsync(await Current.GetAsync(), new ProfileChange(_name, _affiliation, _orcid ?? "", _wantsMail), CancellationToken.None));
            _told = "Saved.";
            if (isNamed) GoOnNamed();
        }
        catch (Exception exception) when (exception is ArgumentException or AccessException)
        {
            _problem = exception.Message;
        }
    }

    // The session knows the name, and the whole page shows it.
    private void GoOnNamed()
    {
        Sessions.Forget();
        Navigation.NavigateTo(AppUrls.Account, forceLoad: true);
    }

    private void Show(Profile profile)
    {
        _profile = profile;
        (_name, _affiliation, _orcid, _wantsMail) = (profile.Name == Profile.Unnamed ? "" : profile.Name, profile.Affiliation, profile.Orcid, profile.WantsMail);
    }
}
