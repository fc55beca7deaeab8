using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Providers;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class SignInsPage
{
    private List<UserSignIn>? _signIns;
    private string? _linkToken;
    private string? _problem;

    [SupplyParameterFromQuery(Name = "problem")] public string? ProblemName { get; set; }

    [CascadingParameter] public Task<AuthenticationState>? Authentication { get; set; }

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal SignIns SignIns { get; set; } = null!;

    [Inject] internal SignInProviders Providers { get; set; } = null!;

    [Inject] internal LinkTokens Links { get; set; } = null!;

    [Inject] internal MailSender Mail { get; set; } = null!;

    private string? ProblemText => _problem ?? (Enum.TryParse<SignInProblem>(ProblemName, out var problem) ? SignInProblems.Tell(problem, null) : null);

    protected override async Task OnInitializedAsync()
    {
        _signIns = await SignIns.ListAsync(await Current.GetAsync(), CancellationToken.None);
        if (Authentication is not null) _linkToken = Links.For((await Authentication).User);
    }

    private async Task RemoveAsync(UserSignIn signIn)
    {
        try
        {
            var actor = await Current.GetAsync();
            _problem = await SignIns.UnlinkAsync(actor, signIn.Provider, signIn.Subject, await Visit.GetAsync(CancellationToken.None), CancellationToken.None) ? null : "The last one stays: you could not come back.";
            _signIns = await SignIns.ListAsync(actor, CancellationToken.None);
        }
        catch (AccessException exception)
        {
            _problem = exception.Message;
        }
    }
}
