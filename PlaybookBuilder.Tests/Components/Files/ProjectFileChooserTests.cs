using System.Security.Claims;
using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Web.Components.Files;

namespace PlaybookBuilder.Tests.Components.Files;

public sealed class ProjectFileChooserTests : PageTestContext
{
    private const string Project = "Ada/lab";

    // Its address is among the services, which are made before the first test's own code.
    private static readonly Lazy<FakeSevenBridges> Platform = new(() => FakeSevenBridges.StartAsync().GetAwaiter().GetResult());
    private static readonly Lazy<UserProject> Own = new(() =>
    {
        Platform.Value.AddProject(Project);
        var folder = Platform.Value.Files.Add(Project, null, "counts", null);
        Platform.Value.Files.Add(Project, folder.Id, "genes.csv", Encoding.UTF8.GetBytes("gene,a,b"));
        return new UserProject(Platform.Value.Address, Platform.Value.AddUser("Ada"), Project);
    });

    private readonly List<FileUrl> _taken = [];
    private readonly List<bool> _told = [];

    public ProjectFileChooserTests() : base(static services => services.AddSingleton(Own.Value))
    {
        Authorization.SetAuthorized("Ada");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()));
    }

    [Fact]
    public async Task File_OfAFolder_IsFoundAndTaken()
    {
        var chooser = RenderChooser();
        await OpenAsync(chooser);
        await PressAsync(chooser, "Open the folder counts");

        await PressAsync(chooser, "Use genes.csv");

        chooser.WaitForAssertion(() => Assert.Single(_taken), EngineHost.Patience);
        Assert.Equal(("genes.csv", 8L), (_taken[0].Filename, _taken[0].Size));
        Assert.Equal([true, false], _told);
    }

    [Fact]
    public async Task Way_LeadsBackToTheTop()
    {
        var chooser = RenderChooser();
        await OpenAsync(chooser);
        await PressAsync(chooser, "Open the folder counts");
        chooser.WaitForElement("button[aria-label='Use genes.csv']", EngineHost.Patience);

        await chooser.FindAll("nav button").Single(static button => button.TextContent == "Project").ClickAsync();

        chooser.WaitForElement("button[aria-label='Open the folder counts']", EngineHost.Patience);
        Assert.Single(chooser.FindAll("nav button"));
    }

    [Fact]
    public async Task File_ThatIsGone_IsSaid()
    {
        var file = Platform.Value.Files.Add(Project, null, "gone.csv", [1]);
        var chooser = RenderChooser();
        await OpenAsync(chooser);
        var use = chooser.WaitForElement("button[aria-label='Use gone.csv']", EngineHost.Patience);
        Platform.Value.Files.Remove(file);

        await use.ClickAsync();

        chooser.WaitForAssertion(() => Assert.Contains("not in the project any more", chooser.Find("[role=alert]").TextContent), EngineHost.Patience);
        Assert.Empty(_taken);
        Assert.Equal([true, false], _told);
    }

    private static Task OpenAsync(IRenderedComponent<ProjectFileChooser> chooser) => chooser.WaitForElement("details", EngineHost.Patience).TriggerEventAsync("ontoggle", EventArgs.Empty);

    private static Task PressAsync(IRenderedComponent<ProjectFileChooser> chooser, string label) => chooser.WaitForElement($"button[aria-label='{label}']", EngineHost.Patience).ClickAsync();

    private IRenderedComponent<ProjectFileChooser> RenderChooser() => Render<ProjectFileChooser>(parameters => parameters.Add(chooser => chooser.OnTaken, _taken.Add).Add(chooser => chooser.OnTaking, _told.Add));
}

/// <summary>Where there is no project.</summary>
public sealed class NoProjectFileChooserTests : PageTestContext
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chooser_WithoutAProject_IsNotThere(bool isSignedIn)
    {
        if (isSignedIn)
        {
            Authorization.SetAuthorized("Ada");
            Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()));
        }

        Assert.Empty(Render<ProjectFileChooser>().Markup.Trim());
    }
}
