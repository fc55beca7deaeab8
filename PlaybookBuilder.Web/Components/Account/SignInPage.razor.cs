using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Providers;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class SignInPage
{
    private string? _name;
    private bool _isLocal;

    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "problem")] public string? ProblemName { get; set; }

    /// <summary>The provider that the problem is with.</summary>
    [SupplyParameterFromQuery] public string? With { get; set; }

    /// <summary>Whether a link was sent.</summary>
    [SupplyParameterFromQuery] public bool Sent { get; set; }

    [CascadingParameter] public Task<AuthenticationState>? Authentication { get; set; }

    [Inject] internal SignInProviders Providers { get; set; } = null!;

    [Inject] internal MailSender Mail { get; set; } = null!;

    private bool HasAny => Providers.All.Count > 0 || Mail.IsOn;

    private bool IsSignedIn => _name is not null && !_isLocal;

    private string LocalPath => ReturnPath.OrStart(ReturnUrl);

    /// <summary>Relative to the base.</summary>
    private string Path => LocalPath[1..];

    private string? ProblemText => Enum.TryParse<SignInProblem>(ProblemName, out var problem) ? SignInProblems.Tell(problem, Providers.All.FirstOrDefault(provider => provider.Name == With)?.Name) : null;

    protected override async Task OnInitializedAsync()
    {
        if (Authentication is null) return;

        var user = (await Authentication).User;
        (_name, _isLocal) = (user.Identity?.Name, user.Identity?.AuthenticationType == LocalUser.Scheme);
    }
}
