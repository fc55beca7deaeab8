using System.Security.Claims;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Web.Components.Sessions;

namespace PlaybookBuilder.Tests.Components.Sessions;

public sealed class KeptWorkPageTests : PageTestContext
{
    // Its address is among the services, which are made before the first test's own code.
    private static readonly Lazy<FakeSevenBridges> Platform = new(() => FakeSevenBridges.StartAsync().GetAwaiter().GetResult());

    private readonly UserProject _own;

    public KeptWorkPageTests() : this(NewProject())
    {
    }

    private KeptWorkPageTests(UserProject own) : base(services => services.AddSingleton(own))
    {
        _own = own;
        Authorization.SetAuthorized("Ada");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()));
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Playbooks_AreToldByTheirTitles_AndOpened()
    {
        var playbook = GeneSet("STAT3").WithMetadata(new PlaybookMetadata("My genes"));
        await WorkFolder.Of(_own.Endpoint, _own.Key, _own.Id, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance).TryWriteAsync(playbook, Cancellation);
        Put("odd.json", "{");

        var page = Render<KeptWorkPage>();

        var open = page.WaitForElement("button[aria-label='Open My genes']", EngineHost.Patience);
        Assert.Contains("odd.json No playbook: ", string.Join(' ', page.FindAll("li").Select(static row => row.TextContent)).ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal));
        await open.ClickAsync();

        page.WaitForAssertion(() => Assert.EndsWith($"report/{playbook.Id}", Navigation.Uri), EngineHost.Patience);
        Assert.Equal("My genes", (await Engine.GetAsync(playbook.Id, Cancellation)).Metadata!.Title);
    }

    [Fact]
    public async Task Many_AreShownInParts()
    {
        for (var number = 0; number < 12; number++) Put($"{number}.json", "{}");

        var page = Render<KeptWorkPage>();
        var more = page.WaitForElement("button", EngineHost.Patience);
        Assert.Equal(10, page.FindAll("li").Count);
        await more.ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(12, page.FindAll("li").Count), EngineHost.Patience);
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public void Nothing_IsSaid()
    {
        var page = Render<KeptWorkPage>();

        page.WaitForAssertion(() => Assert.Contains("Nothing is kept there yet.", page.Markup), EngineHost.Patience);
    }

    private static UserProject NewProject()
    {
        var id = $"Ada/lab-{Guid.NewGuid():N}";
        Platform.Value.AddProject(id);
        return new UserProject(Platform.Value.Address, Platform.Value.AddUser("Ada"), id);
    }

    private void Put(string name, string content)
    {
        var files = Platform.Value.Files;
        lock (Platform.Value.Lock)
        {
            var folder = files.At(_own.Id, null, WorkFolder.FolderName) ?? files.Add(_own.Id, null, WorkFolder.FolderName, null);
            files.Add(_own.Id, folder.Id, name, Encoding.UTF8.GetBytes(content));
        }
    }
}
