using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>The published program beside a fake of CAVATICA, which starts workers of the same program from the CWL that it submits.</summary>
internal sealed class ProgramOnPlatform : IAsyncDisposable
{
    public const string Project = "Ada/lab";

    private readonly TemporaryFolder _folder;

    private ProgramOnPlatform(TemporaryFolder folder, FakeSevenBridges platform, FakeWes wes, string key, PublishedProgram program) => (_folder, Platform, Wes, Key, Program) = (folder, platform, wes, key, program);

    public FakeSevenBridges Platform { get; }

    public FakeWes Wes { get; }

    public string Key { get; }

    public PublishedProgram Program { get; }

    public static async Task<ProgramOnPlatform> StartAsync()
    {
        var platform = await FakeSevenBridges.StartAsync();
        platform.SmallestPart = 64 * 1024;
        var wes = await FakeWes.StartAsync();
        (wes.Platform, wes.Executable, wes.FirstStates) = (platform, PublishedProgram.Executable, ["QUEUED", "INITIALIZING"]);
        var key = wes.AddToken(platform.AddUser("Ada"));
        platform.AddProject(Project);
        var folder = new TemporaryFolder();
        var program = await PublishedProgram.StartAsync(folder, settings: new Dictionary<string, string>
        {
            ["SESSION_LAUNCHER"] = "wes",
            ["CAVATICA_WORKER_IMAGE"] = "registry.example.org/playbook-builder:1",
            ["CAVATICA_API_ENDPOINT"] = platform.Address.ToString(),
            ["CAVATICA_WES_ENDPOINT"] = wes.Endpoint.ToString(),
        });
        return new ProgramOnPlatform(folder, platform, wes, key, program);
    }

    /// <summary>The contents of all files of the project.</summary>
    public List<(string Name, byte[] Bytes)> Files()
    {
        lock (Platform.Lock) return [.. Platform.Files.All.Where(static file => file is { Project: Project, Bytes: not null }).Select(static file => (file.Name, file.Bytes!))];
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await Wes.DisposeAsync();
        await Platform.DisposeAsync();
        _folder.Dispose();
    }
}
