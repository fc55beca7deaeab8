using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Cavatica.Work;

/// <summary>The folder of kept playbooks, in which others may have put what they like.</summary>
public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryFolder _project = new();
    private readonly WorkFolder _folder;

    public WorkFolderTests() => _folder = new WorkFolder(new LocalStorage(_project.Path));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Playbook_ThatWasWritten_IsReadAsItWas()
    {
        await using var engine = await EngineHost.StartAsync(workers: 0);
        var playbook = Playbooks.Chain(3).WithMetadata(new PlaybookMetadata("Größe"));

        Assert.True(await _folder.TryWriteAsync(playbook, Cancellation));
        Assert.False(await _folder.TryWriteAsync(playbook, Cancellation));

        var file = Assert.Single(await _folder.ListAsync(Cancellation));
        Assert.Equal($"{playbook.Id}.json", file.Name);
        using var document = await _folder.ReadAsync(file.Name, Cancellation);
        var read = await new PlaybookDocumentReader(engine.Components.Catalog, engine.Store).ReadAsync(document.RootElement, Cancellation);
        Assert.Equal((playbook.Id, "Größe"), (read.Id, read.Metadata?.Title));
    }

    [Fact]
    public async Task List_LeavesOutWhatCanBeNoPlaybook()
    {
        Put("notes.txt", "{}");
        Put("below/deep.json", "{}");
        Put("<b onclick=alert(1)>.json", "{}");
        using (var large = File.Create(Path.Combine(_project.Path, WorkFolder.FolderName, "large.json"))) large.SetLength(WorkFolder.Longest + 1);

        // A name like any other: it is shown as the text that it is.
        Assert.Equal(["<b onclick=alert(1)>.json"], (await _folder.ListAsync(Cancellation)).Select(static file => file.Name));
    }

    [Fact]
    public async Task List_OfNoFolder_IsEmpty() => Assert.Empty(await _folder.ListAsync(Cancellation));

    [Theory]
    [InlineData("../secret.json")]
    [InlineData("..")]
    [InlineData("below/deep.json")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\secret.json")]
    [InlineData("notes.txt")]
    [InlineData("\0.json")]
    [InlineData("absent.json")]
    [InlineData("")]
    public async Task Read_OfWhatIsNoFileThere_IsNotFound(string name)
    {
        Put("below/deep.json", "{}");
        Put("notes.txt", "{}");
        File.WriteAllText(Path.Combine(_project.Path, "secret.json"), "{}");

        var refused = await Assert.ThrowsAsync<WorkflowException>(() => _folder.ReadAsync(name, Cancellation));

        Assert.Equal(WorkflowProblem.NotFound, refused.Problem);
    }

    [Fact]
    public async Task Read_OfWhatIsNoJson_SaysSo()
    {
        Put("half.json", "{\"data\":");

        var refused = await Assert.ThrowsAsync<WorkflowException>(() => _folder.ReadAsync("half.json", Cancellation));

        Assert.StartsWith("The file is not JSON", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfJsonThatIsVeryDeep_SaysSo()
    {
        Put("deep.json", new string('[', 100_000));

        await Assert.ThrowsAsync<WorkflowException>(() => _folder.ReadAsync("deep.json", Cancellation));
    }

    [Fact]
    public async Task Read_OfWhatIsTooLong_IsRefused()
    {
        Put("large.json", new string(' ', WorkFolder.Longest + 1));

        var refused = await Assert.ThrowsAsync<WorkflowException>(() => _folder.ReadAsync("large.json", Cancellation));

        Assert.StartsWith("The file is longer", refused.Message, StringComparison.Ordinal);
    }

    private void Put(string name, string content)
    {
        var path = Path.Combine(_project.Path, WorkFolder.FolderName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
