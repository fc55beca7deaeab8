using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Deployment;
using PlaybookBuilder.Tests.Support;

[assembly: AssemblyFixture(typeof(AzuriteServer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>Azurite, Microsoft's own emulator of Azure's blobs, in memory; ./test installs it from npm. It starts with the first test that asks for it.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    public const string Account = "tests";
    public const string Container = "blobs";

    private readonly Lazy<Task> _start;
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public AzuriteServer() => _start = new(StartAsync);

    public int Port { get; private set; }

    public string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public Task NeedAsync() => _start.Value;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        var program = Repository.PathOf("out", "tools", "node_modules", "azurite", "dist", "src", "blob", "main.js");
        Requirement.Need(File.Exists(program) ? program : null, "Azurite is not installed; ./test installs it where it can.");
        Port = PostgresServerProcess.FreePort();
        string[] arguments = [program, "--blobPort", $"{Port}", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry"];
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Path.Combine(_folder.Path, "output"), "node", .. arguments]) { WorkingDirectory = _folder.Path };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Key}";
        _process = Process.Start(start)!;
        await UntilItListensAsync(_process);
        await new BlobContainerClient(new Uri($"http://127.0.0.1:{Port}/{Account}/{Container}"), new StorageSharedKeyCredential(Account, Key)).CreateAsync();
    }

    private async Task UntilItListensAsync(Process process)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                limit.Token.ThrowIfCancellationRequested();
                if (process.HasExited) throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "output"), limit.Token));
            }
        }
    }
}
