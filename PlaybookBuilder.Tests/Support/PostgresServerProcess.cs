using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A server process with its folder. It listens on loopback only, and trusts whoever connects.</summary>
internal sealed class PostgresServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly string _binaries;
    private readonly string _folder;

    private PostgresServerProcess(string binaries, string folder, int port) => (_binaries, _folder, Port) = (binaries, folder, port);

    public int Port { get; }

    public string UrlOf(string database) => $"postgres://postgres@127.0.0.1:{Port}/{database}";

    /// <summary>The folder of the server's programs: <c>POSTGRES_BIN</c>, or that of the newest version installed.</summary>
    public static string? FindBinaries() => Environment.GetEnvironmentVariable("POSTGRES_BIN") is { Length: > 0 } chosen ? chosen : FindNewest();

    /// <param name="settings">Lines of the configuration beside the defaults.</param>
    public static async Task<PostgresServerProcess> StartAsync(string binaries, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("playbook-postgres-").FullName;
        var process = new PostgresServerProcess(binaries, Path.Combine(folder, "data"), FreePort());
        // Postgres refuses to run as root.
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);
        await process.RunAsServerAsync("initdb", "--pgdata", process._folder, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");
        await File.AppendAllLinesAsync(
            Path.Combine(process._folder, "postgresql.conf"),
            [$"port = {process.Port}", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", .. settings]);
        await process.StartAsync();
        return process;
    }

    /// <summary>Lets whoever comes from a network connect too.</summary>
    public async Task TrustAsync(string network)
    {
        await File.AppendAllTextAsync(Path.Combine(_folder, "pg_hba.conf"), $"host all all {network} trust\n");
        await RunAsServerAsync("pg_ctl", "reload", "--pgdata", _folder, "--silent");
    }

    public Task StartAsync() => RunAsServerAsync("pg_ctl", "start", "--pgdata", _folder, "--wait", "--timeout", $"{LongestStart.TotalSeconds:0}", "--silent", "--log", Path.Combine(_folder, "server.log"));

    /// <param name="mode">As of <c>pg_ctl</c>: <c>fast</c> ends all connections, <c>immediate</c> is a crash.</param>
    public Task StopAsync(string mode) => RunAsServerAsync("pg_ctl", "stop", "--pgdata", _folder, "--mode", mode, "--silent");

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    private static string? FindNewest() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")))
            : null;

    private Task RunAsServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: a server that inherited a pipe would keep it open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Path.GetTempFileName(), program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var output = await File.ReadAllTextAsync(start.ArgumentList[2]);
        File.Delete(start.ArgumentList[2]);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
