using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web;
using PlaybookBuilder.Web.Components.Account;

namespace PlaybookBuilder.Tests.Components.Account;

public sealed class AccountPagesTests : PageTestContext
{
    private static readonly Actor Local = new(LocalAccount.Id, IsAdmin: true);

    public AccountPagesTests() => SignIn(LocalAccount.Id, "Ada");

    private ApiTokens Tokens => Services.GetRequiredService<ApiTokens>();

    [Fact]
    public async Task Token_Revoked_IsAskedForFirstAndItsTextIsPutAway()
    {
        var page = await MakeTokenAsync();
        Assert.Contains("Copy this token now", page.Markup);

        var revoke = page.Find("button[aria-label='Revoke it: Revoke nightly']");
        Assert.NotNull(revoke.Closest("details"));
        Assert.Contains("refused from now on", revoke.ParentElement!.TextContent);
        Assert.Equal("Cancel", revoke.NextElementSibling!.TextContent);
        Assert.Equal(2, (await Tokens.ListAsync(Local, Cancellation)).Count);
        await revoke.ClickAsync();

        Assert.Equal("nightly is revoked.", page.Find("[role=status]").TextContent);
        Assert.DoesNotContain("Copy this token now", page.Markup);
        Assert.Equal("older", Assert.Single(page.FindAll("ul.rows li strong")).TextContent);
        Assert.Equal("older", Assert.Single(await Tokens.ListAsync(Local, Cancellation)).Name);
    }

    [Fact]
    public async Task Token_RevokedBesideAnother_LeavesTheTextOfThat()
    {
        var page = await MakeTokenAsync();

        await page.Find("button[aria-label='Revoke it: Revoke older']").ClickAsync();

        Assert.Contains("Copy this token now", page.Markup);
    }

    [Fact]
    public async Task Profile_WithoutAName_AsksForIt()
    {
        var id = await EnterAsync("ada@example.org");
        SignIn(id, Profile.Unnamed);
        var menu = Render<AccountMenu>();
        var page = Render<ProfilePage>();

        Assert.Equal(AppUrls.Account, menu.Find("a.say-name").GetAttribute("href"));
        Assert.Contains("Nobody knows your name", page.WaitForElement(".pb-note", EngineHost.Patience).TextContent);
        Assert.Empty(page.Find("input[autocomplete=name]").GetAttribute("value") ?? "");
        await page.Find("input[autocomplete=name]").ChangeAsync(new ChangeEventArgs { Value = "Ada" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".pb-note")), EngineHost.Patience);
        Assert.EndsWith(AppUrls.Account, Services.GetRequiredService<NavigationManager>().Uri);
        Assert.Equal("Ada", (await Services.GetRequiredService<Profiles>().GetPublicAsync(id, Cancellation)).Name);
    }

    [Fact]
    public void Profile_WithAName_AsksForNothing()
    {
        var page = Render<ProfilePage>();
        page.WaitForElement("form", EngineHost.Patience);
        Assert.Empty(page.FindAll(".pb-note"));
        Assert.Empty(Render<AccountMenu>().FindAll("a.say-name"));
    }

    /// <summary>The page with a token that stood there, and one that was made in it.</summary>
    private async Task<IRenderedComponent<TokensPage>> MakeTokenAsync()
    {
        await Tokens.MakeAsync(Local, "older", AccessScopes.Read, null, new Visit("", ""), Cancellation);
        var page = Render<TokensPage>();
        page.WaitForElement("ul.rows li", EngineHost.Patience);
        await page.Find("form input").ChangeAsync(new ChangeEventArgs { Value = "nightly" });
        await page.Find("form").SubmitAsync();
        return page;
    }

    private async Task<Guid> EnterAsync(string email) => (await Services.GetRequiredService<SignIns>().EnterAsync(Identity.OfEmail(email), new Visit("", ""), Cancellation))!.Value;

    private void SignIn(Guid id, string name)
    {
        Authorization.SetAuthorized(name);
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, id.ToString()), new Claim(ClaimTypes.Name, name));
    }
}
