using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Account;

public sealed partial class TokensPage
{
    private List<ApiToken>? _tokens;
    private bool _isAdmin;
    private string _name = "";
    private AccessScopes _scopes = AccessScopes.Read | AccessScopes.Run;
    private int _days = 30;
    private (string Token, Guid Id)? _made;
    private string? _problem;
    private string? _told;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] internal CurrentVisit Visit { get; set; } = null!;

    [Inject] internal ApiTokens Tokens { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        _isAdmin = actor.IsAdmin;
        _tokens = await Tokens.ListAsync(actor, CancellationToken.None);
    }

    private async Task MakeAsync()
    {
        (_problem, _told, _made) = (null, null, null);
        try
        {
            var actor = await Current.GetAsync();
            var (token, kept) = await Tokens.MakeAsync(actor, _name, _scopes, _days == 0 ? null : TimeSpan.FromDays(_days), await Visit.GetAsync(CancellationToken.None), CancellationToken.None);
            (_made, _name) = ((token, kept.Id), "");
            _tokens = await Tokens.ListAsync(actor, CancellationToken.None);
        }
        catch (Exception exception) when (exception is ArgumentException or AccessException)
        {
            _problem = exception.Message;
        }
    }

    private async Task RevokeAsync(ApiToken token)
    {
        try
        {
            (_problem, _told) = (null, null);
            await Tokens.RevokeAsync(await Current.GetAsync(), token.Id, await Visit.GetAsync(CancellationToken.None), CancellationToken.None);
            _told = $"{token.Name} is revoked.";
        }
        catch (AccessException exception)
        {
            _problem = exception.Message;
        }

        _tokens?.Remove(token);
        if (_made?.Id == token.Id) _made = null;
    }
}
