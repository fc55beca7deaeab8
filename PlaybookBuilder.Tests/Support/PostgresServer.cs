using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>A real Postgres, started from the installed binaries by the first test that wants it, with a database of its own for each.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Missing = "PostgreSQL is not installed; ./test installs it where it can.";
    private const string Template = "migrated";

    private readonly SemaphoreSlim _starting = new(1);
    private PostgresProcess? _process;
    private int _databases;

    /// <summary>Gives the URL of a new, migrated database. Skips the test where Postgres is missing.</summary>
    public async Task<string> NewDatabaseAsync(bool isMigrated = true)
    {
        var process = await StartedAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(process.UrlOf("postgres"), $"CREATE DATABASE {name} TEMPLATE {(isMigrated ? Template : "template0")}");
        return process.UrlOf(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _starting.Dispose();
    }

    private async Task<PostgresProcess> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_process is not null) return _process;

            var binaries = PostgresProcess.FindBinaries();
            Assert.SkipWhen(binaries is null, Missing);
            var process = await PostgresProcess.StartAsync(binaries);
            await ExecuteAsync(process.UrlOf("postgres"), $"CREATE DATABASE {Template}");
            await MigrateAsync(process.UrlOf(Template));
            return _process = process;
        }
        finally
        {
            _starting.Release();
        }
    }

    public static Task MigrateAsync(string url) => new PostgresSchema(Options.Create(new DatabaseOptions { Url = url })).MigrateAsync(CancellationToken.None);

    private static async Task ExecuteAsync(string url, string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A server process with its folder. It listens on loopback only, and trusts whoever connects.</summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly string _binaries;
    private readonly string _folder;

    private PostgresProcess(string binaries, string folder, int port) => (_binaries, _folder, Port) = (binaries, folder, port);

    public int Port { get; }

    public string UrlOf(string database) => $"postgres://postgres@127.0.0.1:{Port}/{database}";

    public static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")))
            : null;

    /// <param name="settings">Lines of the configuration beside the defaults.</param>
    public static async Task<PostgresProcess> StartAsync(string binaries, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("playbook-postgres-").FullName;
        var process = new PostgresProcess(binaries, Path.Combine(folder, "data"), FreePort());
        // Postgres refuses to run as root.
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);
        await process.RunAsServerAsync("initdb", "--pgdata", process._folder, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");
        await File.AppendAllLinesAsync(
            Path.Combine(process._folder, "postgresql.conf"),
            [$"port = {process.Port}", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "fsync = off", "max_connections = 200", .. settings]);
        await process.StartAsync();
        return process;
    }

    public Task StartAsync() => RunAsServerAsync("pg_ctl", "start", "--pgdata", _folder, "--wait", "--timeout", $"{LongestStart.TotalSeconds:0}", "--silent", "--log", Path.Combine(_folder, "server.log"));

    /// <param name="mode">As of <c>pg_ctl</c>: <c>fast</c> ends all connections, <c>immediate</c> is a crash.</param>
    public Task StopAsync(string mode) => RunAsServerAsync("pg_ctl", "stop", "--pgdata", _folder, "--mode", mode, "--silent");

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
