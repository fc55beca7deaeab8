using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Providers;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class AccountMenu : IDisposable
{
    private string? _name;
    private bool _isLocal;

    [CascadingParameter] public Task<AuthenticationState>? Authentication { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] internal SignInProviders Providers { get; set; } = null!;

    private string SignInHere
    {
        get
        {
            var here = Navigation.ToBaseRelativePath(Navigation.Uri);
            return here.StartsWith(AppUrls.SignIn, StringComparison.Ordinal) || here.Length == 0 ? AppUrls.SignIn : AppUrls.SignInFor($"/{here}");
        }
    }

    public void Dispose() => Navigation.LocationChanged -= Follow;

    protected override void OnInitialized() => Navigation.LocationChanged += Follow;

    // The state is another one when the session has ended.
    protected override async Task OnParametersSetAsync()
    {
        if (Authentication is null) return;

        var user = (await Authentication).User;
        (_name, _isLocal) = (user.Identity?.Name, user.Identity?.AuthenticationType == LocalUser.Scheme);
    }

    private void Follow(object? sender, LocationChangedEventArgs change) => InvokeAsync(StateHasChanged);
}
