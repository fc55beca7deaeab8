using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.Cavatica.Work;

/// <summary>What sessions kept in a user's project of the fake platform, found outside of them.</summary>
public sealed class KeptWorkTests : IAsyncLifetime
{
    private CavaticaHost? _host;
    private EngineHost? _engine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CavaticaHost Host => _host!;

    private EngineHost Engine => _engine!;

    private KeptWork Work => WorkOf(own: null);

    private WorkFolder Folder => WorkFolder.Of(Host.Platform.Address, Host.Key, CavaticaHost.Project, NullLoggerFactory.Instance);

    public async ValueTask InitializeAsync()
    {
        _host = await CavaticaHost.StartAsync();
        _engine = await EngineHost.StartAsync(workers: 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Host.DisposeAsync();
    }

    [Fact]
    public async Task Playbook_OfASession_IsListedAndOpened()
    {
        await Host.EnterAsync();
        var playbook = Playbooks.Chain(3);
        await Folder.TryWriteAsync(playbook, Cancellation);

        var file = Assert.Single(await Work.ListAsync(CavaticaHost.Ada, Cancellation));
        var id = await Work.OpenAsync(CavaticaHost.Ada, file.Name, Cancellation);

        Assert.Equal(playbook.Id, id);
        Assert.NotNull(await Engine.Store.FindAsync(id, Cancellation));
    }

    [Fact]
    public async Task Files_Described_SayWhichPlaybooksTheyAre()
    {
        await Host.EnterAsync();
        var playbook = Playbooks.Chain(3).WithMetadata(new PlaybookMetadata("Three steps", ""));
        await Folder.TryWriteAsync(playbook, Cancellation);
        await WriteAsync("odd.json", "{}");

        var kept = await Work.DescribeAsync(CavaticaHost.Ada, await Work.ListAsync(CavaticaHost.Ada, Cancellation), Cancellation);

        Assert.Equal(["odd.json", $"{playbook.Id}.json"], kept.Select(static one => one.File.Name).OrderByDescending(static name => name == "odd.json"));
        Assert.Equal((3, "Three steps"), (kept.Single(one => one.File.Name != "odd.json").Playbook!.Steps.Length, kept.Single(one => one.File.Name != "odd.json").Playbook!.Metadata!.Title));
        Assert.True(kept.Single(one => one.File.Name == "odd.json") is { Playbook: null, Problem: not null });
        Assert.Null(await Engine.Store.FindAsync(playbook.Id, Cancellation));
    }

    [Fact]
    public async Task Folder_BeforeTheFirstSession_IsEmpty()
    {
        await Host.EnterAsync();

        Assert.Empty(await Work.ListAsync(CavaticaHost.Ada, Cancellation));
    }

    [Fact]
    public async Task Work_WithoutAKeyOrAProject_IsRefused()
    {
        Assert.Equal(CavaticaAccountProblem.NoKey, (await Assert.ThrowsAsync<CavaticaAccountException>(() => Work.ListAsync(CavaticaHost.Ada, Cancellation))).Problem);

        await Host.Accounts.SaveAsync(CavaticaHost.Ada, Host.Key, project: null, "", Cancellation);

        Assert.Equal(CavaticaAccountProblem.NoProject, (await Assert.ThrowsAsync<CavaticaAccountException>(() => Work.ListAsync(CavaticaHost.Ada, Cancellation))).Problem);
    }

    [Fact]
    public async Task Work_OfNobody_IsRefused_AlsoInASession()
    {
        var work = WorkOf(new UserProject(Host.Platform.Address, Host.Key, CavaticaHost.Project));

        await Assert.ThrowsAsync<AccessException>(() => work.ListAsync(Actor.Anonymous, Cancellation));
        Assert.Empty(await work.ListAsync(CavaticaHost.Ada, Cancellation));
    }

    [Fact]
    public async Task Platform_ThatIsAway_IsToldWithoutTheKey()
    {
        await Host.EnterAsync();
        await Host.Platform.DisposeAsync();

        var refused = await Assert.ThrowsAsync<CavaticaAccountException>(() => Work.ListAsync(CavaticaHost.Ada, Cancellation));

        Assert.Equal(CavaticaAccountProblem.Unreachable, refused.Problem);
        Assert.DoesNotContain(Host.Key, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"workflow":[]}""")]
    [InlineData("""{"workflow":[{"id":"1","type":{}}]}""")]
    [InlineData("""{"workflow":[{"id":"1","type":"Copy","inputs":{"text":{"id":"1"}}}]}""")]
    public async Task File_ThatIsNoPlaybook_IsRefused(string content)
    {
        await Host.EnterAsync();
        await WriteAsync("odd.json", content);

        await Assert.ThrowsAsync<WorkflowException>(() => Work.OpenAsync(CavaticaHost.Ada, "odd.json", Cancellation));
    }

    private KeptWork WorkOf(UserProject? own) => new(new UserProjects(Host.Accounts, own), new PlaybookDocumentReader(Engine.Components.Catalog, Engine.Store), Engine.Engine, NullLoggerFactory.Instance);

    private async Task WriteAsync(string name, string content)
    {
        var storage = new SbfsStorage(new SbfsSettings { Endpoint = Host.Platform.Address, Token = Host.Key, Project = CavaticaHost.Project });
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await storage.WriteAsync(StoragePath.Parse($"{WorkFolder.FolderName}/{name}"), bytes, Cancellation);
    }
}
