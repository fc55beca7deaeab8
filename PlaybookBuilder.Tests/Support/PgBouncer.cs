using System.Diagnostics;
using System.Net.Sockets;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A real pooler before a database.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly Process _process;
    private readonly string _folder;

    private PgBouncer(Process process, string folder, string url) => (_process, _folder, Url) = (process, folder, url);

    public string Url { get; }

    /// <param name="mode">As PgBouncer calls it: <c>session</c> or <c>transaction</c>.</param>
    public static async Task<PgBouncer> StartAsync(string url, string mode)
    {
        Assert.SkipUnless(File.Exists(Program), "PgBouncer is not installed; ./test installs it where it can.");
        var target = new Uri(url);
        var port = PostgresServerProcess.FreePort();
        var folder = Directory.CreateTempSubdirectory("playbook-pgbouncer-").FullName;
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            {target.AbsolutePath.TrimStart('/')} = host=127.0.0.1 port={target.Port} user=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            ignore_startup_parameters = extra_float_digits,options
            """);
        if (Environment.IsPrivilegedProcess) Process.Start("chown", ["-R", "postgres", folder])!.WaitForExit();
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", Program, settings] : [Program, settings];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        await UntilItListensAsync(port);
        return new PgBouncer(process, folder, $"postgres://postgres@127.0.0.1:{port}{target.AbsolutePath}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task UntilItListensAsync(int port)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                limit.Token.ThrowIfCancellationRequested();
            }
        }
    }
}
