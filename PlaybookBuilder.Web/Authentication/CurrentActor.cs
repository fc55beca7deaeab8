using Microsoft.AspNetCore.Components.Authorization;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Who looks at a page.</summary>
public sealed class CurrentActor(AuthenticationStateProvider state)
{
    public async Task<Actor> GetAsync() => (await state.GetAuthenticationStateAsync()).User.ToActor();
}
