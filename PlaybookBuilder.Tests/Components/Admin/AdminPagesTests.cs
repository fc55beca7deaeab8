using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Admin;
using Claim = System.Security.Claims.Claim;

namespace PlaybookBuilder.Tests.Components.Admin;

public sealed class AdminPagesTests : PageTestContext
{
    private static readonly Actor Local = new(LocalAccount.Id, IsAdmin: true);

    public AdminPagesTests()
    {
        Authorization.SetAuthorized("Root");
        Authorization.SetRoles(Roles.Admin);
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()), new Claim(ClaimTypes.Name, "Root"));
    }

    private IModelDatabase Model => Services.GetRequiredService<IModelDatabase>();

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Users_MoreThanAPage_LeadToTheNextAndBack()
    {
        for (var i = 0; i < 50; i++) await AddUserAsync($"User {i:00}");

        var first = Open<AdminUsersPage>(AppUrls.AdminUsers);
        var next = LinkOf(first, "Next page")!;
        Assert.StartsWith($"{AppUrls.AdminUsers}?after=", next, StringComparison.Ordinal);
        Assert.Equal((50, null), (Rows(first).Count, LinkOf(first, "First page")));

        // With the local user, who is the oldest, they are 51.
        var last = Open<AdminUsersPage>(next);
        Assert.Contains("always", Assert.Single(Rows(last)).TextContent, StringComparison.Ordinal);
        Assert.Equal((null, AppUrls.AdminUsers), (LinkOf(last, "Next page"), LinkOf(last, "First page")));
    }

    [Fact]
    public async Task Users_ExactlyAPage_HaveNoNext()
    {
        for (var i = 0; i < 49; i++) await AddUserAsync($"User {i:00}");

        var page = Open<AdminUsersPage>(AppUrls.AdminUsers);

        Assert.Equal((50, null, null), (Rows(page).Count, LinkOf(page, "Next page"), LinkOf(page, "First page")));
    }

    [Fact]
    public async Task Users_Found_AreInTheAddress()
    {
        await AddUserAsync("Ada");
        await AddUserAsync("Bob");
        var page = Open<AdminUsersPage>(AppUrls.AdminUsers);

        await page.Find("input[type=search]").ChangeAsync(new ChangeEventArgs { Value = "ad" });
        await page.Find("form").SubmitAsync();
        Assert.EndsWith("/admin/users?find=ad", Navigation.Uri, StringComparison.Ordinal);

        Assert.Contains("Ada", Assert.Single(Rows(Open<AdminUsersPage>("admin/users?find=ad"))).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_Disabled_IsAskedForFirst()
    {
        var id = await AddUserAsync("Ada");
        var page = OpenUser(id);

        Assert.All(Buttons(page, "Disable", "Make an administrator"), button => Assert.NotNull(button.Closest("details")));
        await ConfirmAsync(page, "Disable");

        page.WaitForAssertion(() => Assert.Contains("is signed out everywhere", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("disabled", page.Markup, StringComparison.Ordinal);
        Assert.Equal("user.disable", (await AuditAsync())[0].Action);
        await Assert.Single(Buttons(page, "Enable")).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("may sign in again", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_Administrator_LosesItAfterAQuestion()
    {
        var id = await AddUserAsync("Ada");
        var page = OpenUser(id);

        await ConfirmAsync(page, "Make an administrator");
        page.WaitForAssertion(() => Assert.Contains("is an administrator now", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(Buttons(page, "Take it away")).Closest("details"));
        await ConfirmAsync(page, "Take it away");
        page.WaitForAssertion(() => Assert.Contains("is no administrator any more", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_WithManyBrowsers_HasASecondPageOfThem()
    {
        var id = await AddUserAsync("Ada");
        await AddAsync(Enumerable.Range(0, 51).Select(i => NewSession(id, i)));

        var next = LinkOf(OpenUser(id), "Next page")!;
        Assert.StartsWith($"{AppUrls.AdminUser(id)}?after=", next, StringComparison.Ordinal);
        var last = OpenUser(id, next);

        Assert.Single(Buttons(last, "Sign it out"));
        Assert.Equal((null, AppUrls.AdminUser(id)), (LinkOf(last, "Next page"), LinkOf(last, "First page")));
        await ConfirmAsync(last, "Sign it out");
        last.WaitForAssertion(() => Assert.Empty(Buttons(last, "Sign it out")));
    }

    [Fact]
    public async Task Sessions_ThatFitAPage_HaveNoNext()
    {
        var id = await AddUserAsync("Ada");
        await AddAsync([NewSession(id, 1)]);

        var page = Open<AdminSessionsPage>(AppUrls.AdminSessions);

        Assert.Equal((1, null), (Rows(page).Count, LinkOf(page, "Next page")));
        await ConfirmAsync(page, "Sign it out");
        page.WaitForAssertion(() => Assert.Empty(Rows(page)));
        Assert.Equal("session.revoke", (await AuditAsync())[0].Action);
    }

    [Fact]
    public async Task Jobs_OfAStateAndOwner_AreInTheAddressAndAreCancelledAfterAQuestion()
    {
        var (mine, other) = (await AddJobAsync("mine"), await AddJobAsync("other"));

        var all = Open<AdminJobsPage>(AppUrls.AdminJobs);
        Assert.Equal(2, Rows(all).Count);
        Assert.Equal("Waiting", Open<AdminJobsPage>("admin/jobs?state=waiting").Find("[aria-current]").TextContent.Trim());
        Assert.Empty(Rows(Open<AdminJobsPage>("admin/jobs?state=running")));
        var own = Open<AdminJobsPage>("admin/jobs?state=waiting&owner=mine");
        Assert.Single(Rows(own));
        Assert.Contains(own.FindAll("a"), link => link.GetAttribute("href") == "admin/jobs?state=waiting");
        Assert.All(Buttons(own, "Cancel it", "Empty the queue"), button => Assert.NotNull(button.Closest("details")));

        await ConfirmAsync(own, "Cancel it");

        own.WaitForAssertion(() => Assert.Empty(Rows(own)));
        Assert.Equal(("job.cancel", $"{mine}"), (await AuditAsync())[0] is var entry ? (entry.Action, entry.Subject) : default);
        var rest = Open<AdminJobsPage>("admin/jobs?owner=other");
        await ConfirmAsync(rest, "Empty the queue");
        rest.WaitForAssertion(() => Assert.Empty(Rows(rest)));
        Assert.NotEqual(mine, other);
    }

    [Fact]
    public async Task Playbooks_OfAKind_AreUnpublishedAfterAQuestion()
    {
        var playbook = (await ComputeAsync(GeneSet("ACE2"))).Id;
        var now = DateTimeOffset.UtcNow;
        await AddAsync(new[] { true, false }.Select(isPublished => new SavedPlaybookRow
        {
            Id = Guid.NewGuid(), UserId = LocalAccount.Id, PlaybookId = playbook, Version = 1, Title = isPublished ? "Shown" : "Private", Description = "", Authors = "", Licence = "",
            Published = isPublished ? now : null, IsCurated = false, Clicks = 0, Created = now, Updated = now,
        }));

        Assert.Equal(2, Rows(Open<AdminPlaybooksPage>(AppUrls.AdminPlaybooks)).Count);
        var page = Open<AdminPlaybooksPage>("admin/playbooks?kind=published");
        Assert.Contains("Shown", Assert.Single(Rows(page)).TextContent, StringComparison.Ordinal);
        await Assert.Single(Buttons(page, "Curate")).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("'Shown' is curated", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(Buttons(page, "Unpublish it")).Closest("details"));
        await ConfirmAsync(page, "Unpublish it");
        page.WaitForAssertion(() => Assert.Empty(Rows(page)));
    }

    [Fact]
    public async Task Suggestions_DeclinedWithoutAReason_SayThatOneIsNeeded()
    {
        await AddAsync([new SuggestionRow { Id = Guid.NewGuid(), UserId = LocalAccount.Id, Kind = SuggestionKind.Component, State = SuggestionState.Open, Name = "t-SNE", Inputs = "", Output = "", Description = "Draws", Answer = "", Created = DateTimeOffset.UtcNow }]);
        var page = Open<AdminSuggestionsPage>(AppUrls.AdminSuggestions);

        await Assert.Single(Buttons(page, "Decline")).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Say why", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "It is there" });
        await Assert.Single(Buttons(page, "Decline")).ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(Rows(page)));
        Assert.Contains("It is there", Assert.Single(Rows(Open<AdminSuggestionsPage>("admin/suggestions?state=declined"))).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_FreesAfterAQuestion_AndSaysWhat()
    {
        await ComputeAsync(GeneSet("ACE2"));
        var old = DateTimeOffset.UtcNow.AddDays(-40);
        await Model.WriteAsync((context, token) => context.Set<ResolutionRow>().ExecuteUpdateAsync(set => set.SetProperty(result => result.Created, old), token), Cancellation);
        var page = Open<AdminRetentionPage>(AppUrls.AdminRetention);

        page.WaitForAssertion(() => Assert.Contains("within 3 months100%", Rows(page).Single(row => row.TextContent.Contains("within 3 months", StringComparison.Ordinal)) is var row ? $"{row.Children[0].TextContent}{row.QuerySelector("svg")!.GetAttribute("aria-label")}" : "", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Contains("any age", page.Find("dl").TextContent, StringComparison.Ordinal);
        await page.Find("input[type=number]").InputAsync(new ChangeEventArgs { Value = "41" });
        await ConfirmAsync(page, "Free them");
        page.WaitForAssertion(() => Assert.Equal("Freed: 0 results, 0 values, 0 files.", page.Find("[role=status]").TextContent));

        await page.Find("input[type=number]").InputAsync(new ChangeEventArgs { Value = "39" });
        await ConfirmAsync(page, "Free them");

        page.WaitForAssertion(() => Assert.Equal("Freed: 1 result, 1 value, 0 files.", page.Find("[role=status]").TextContent));
        Assert.Equal(["older than 39 days", "older than 41 days"], (await AuditAsync()).Select(entry => entry.Subject).Distinct());
        // What is gone is not shown beside the message.
        Assert.Equal("0 values of 0 bytes, 0 files of 0 bytes", page.FindAll("dt").Single(term => term.TextContent == "Cache").NextElementSibling!.TextContent);
    }

    [Theory]
    [InlineData("", "'' is no whole number of days")]
    [InlineData("1.5", "'1.5' is no whole number of days")]
    [InlineData("-1", "whole number of days from 0")]
    [InlineData("40000", "whole number of days from 0")]
    public async Task Retention_OfNoNumberOfDays_SaysSo(string days, string message)
    {
        var page = Open<AdminRetentionPage>(AppUrls.AdminRetention);

        await page.Find("input[type=number]").InputAsync(new ChangeEventArgs { Value = days });
        await ConfirmAsync(page, "Free them");

        page.WaitForAssertion(() => Assert.Contains(message, page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Audit_OfAnAction_IsInTheAddress()
    {
        await AddAsync(new[] { "user.disable", "user.enable" }.Select(action => new AuditEntryRow { At = DateTimeOffset.UtcNow, UserId = LocalAccount.Id, Action = action, Subject = "x", Detail = "", Address = "192.0.2.1" }));

        var page = Open<AdminAuditPage>($"admin/audit?user={LocalAccount.Id}&action=user.enable");

        Assert.Contains("user.enable", Assert.Single(Rows(page)).TextContent, StringComparison.Ordinal);
        Assert.Equal("user.enable", page.Find("input").GetAttribute("value"));
        await page.Find("input").ChangeAsync(new ChangeEventArgs { Value = "user.disable" });
        await page.Find("form").SubmitAsync();
        Assert.EndsWith($"/admin/audit?user={LocalAccount.Id}&action=user.disable", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin/jobs?state=nonsense")]
    [InlineData("admin/jobs?after=nonsense")]
    [InlineData("admin/jobs?owner=a%00b")]
    public void List_OfNonsense_SaysWhatIsWrongAndNothingElse(string url)
    {
        var page = Open<AdminJobsPage>(url);

        Assert.NotEmpty(page.WaitForElement("[role=alert]").TextContent);
        Assert.DoesNotContain("Reading", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table, .empty"));
    }

    [Fact]
    public async Task FailedSteps_AreCalledAsUsersCallThem()
    {
        var playbook = GeneSet("ACE2");
        await Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);
        await AddAsync([new LoggedErrorRow { At = DateTimeOffset.UtcNow, Program = "serve", Category = ErrorLog.FailedStep, Message = "It is empty.", Detail = $"{GeneSetInput} {playbook.Head.Process.Id}" }]);

        var row = Assert.Single(Rows(Open<AdminFailedStepsPage>(AppUrls.AdminFailedSteps)));

        Assert.Equal("Gene Set Input", row.QuerySelector("td.words span")!.TextContent);
        Assert.Equal(GeneSetInput, row.QuerySelector("td.words code")!.TextContent);
        Assert.Equal("Retry Gene Set Input", row.QuerySelector("button")!.GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Users_FoundMoreThanAPage_LeadToTheNext()
    {
        for (var i = 0; i < 51; i++) await AddUserAsync($"Ada {i:00}");

        var next = LinkOf(Open<AdminUsersPage>("admin/users?find=ada"), "Next page")!;

        Assert.StartsWith($"{AppUrls.AdminUsers}?find=ada&after=", next, StringComparison.Ordinal);
        Assert.Contains("Ada 50", Assert.Single(Rows(Open<AdminUsersPage>(next))).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ShowWhatHoldsWhereNothingIsSet() =>
        Assert.Contains("6000", Rows(Open<AdminSettingsPage>(AppUrls.AdminSettings)).Single(row => row.QuerySelector("code")!.TextContent == "RATE_LIMIT").TextContent, StringComparison.Ordinal);

    private static UserSessionRow NewSession(Guid user, int number) => new()
    {
        Id = Guid.CreateVersion7(), KeyHash = $"{number}", UserId = user, Provider = "email", Address = "192.0.2.1", Browser = "Firefox", Created = DateTimeOffset.UtcNow, LastSeen = DateTimeOffset.UtcNow, Expires = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static IReadOnlyList<IElement> Rows<T>(IRenderedComponent<T> page) where T : IComponent => page.FindAll("tbody tr");

    private static string? LinkOf<T>(IRenderedComponent<T> page, string text) where T : IComponent => page.FindAll(".pages a").SingleOrDefault(link => link.TextContent == text)?.GetAttribute("href");

    private static IReadOnlyList<IElement> Buttons<T>(IRenderedComponent<T> page, params string[] texts) where T : IComponent => [.. page.FindAll("button").Where(button => texts.Contains(button.TextContent.Trim()))];

    private static Task ConfirmAsync<T>(IRenderedComponent<T> page, string text) where T : IComponent => Buttons(page, text).Single(button => button.Closest("details") is not null).ClickAsync();

    private IRenderedComponent<T> Open<T>(string url)
        where T : IComponent
    {
        Navigation.NavigateTo(url);
        var page = Render<T>();
        page.WaitForElement("h1");
        return page;
    }

    private IRenderedComponent<AdminUserPage> OpenUser(Guid id, string? url = null)
    {
        Navigation.NavigateTo(url ?? AppUrls.AdminUser(id));
        var page = Render<AdminUserPage>(parameters => parameters.Add(user => user.Id, id));
        page.WaitForElement("h1");
        return page;
    }

    private async Task<Guid> AddUserAsync(string name)
    {
        var row = new UserAccountRow { Id = Guid.NewGuid(), Name = name, Affiliation = "", IsAdmin = false, IsDisabled = false, WantsMail = false, Created = DateTimeOffset.UtcNow, LastSeen = DateTimeOffset.UtcNow };
        await AddAsync([row]);
        return row.Id;
    }

    /// <summary>A job that waits for something which nobody computes.</summary>
    private async Task<Guid> AddJobAsync(string owner)
    {
        var playbook = GeneSet(owner);
        await Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);
        var id = playbook.Head.Process.Id;
        await AddAsync([new JobRow { ProcessId = id, State = JobState.Waiting, Attempt = 0, Deaths = 0, IsBatch = false, Owner = owner, Turn = 1, Created = DateTimeOffset.UtcNow, IsBegun = false, IsCancelRequested = false }]);
        return id;
    }

    private Task AddAsync(IEnumerable<object> rows) => Model.WriteAsync(
        (context, token) =>
        {
            context.AddRange(rows);
            return context.SaveChangesAsync(token);
        },
        Cancellation);

    private async Task<IReadOnlyList<AuditEntry>> AuditAsync() => (await Services.GetRequiredService<AuditLog>().ListAsync(Local, null, null, new PageRequest(), Cancellation)).Items;
}
