using System.Diagnostics;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

[assembly: AssemblyFixture(typeof(CephGateway))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>
/// A real server of the S3 protocol, Ceph's Object Gateway, on a cluster of one monitor and one store in memory. It starts with the first test that asks for it, in about a second.
/// </summary>
public sealed class CephGateway : IAsyncLifetime
{
    public const string Bucket = "blobs";
    public const string AccessKey = "test-key";
    public const string SecretKey = "test-secret";

    private readonly Lazy<Task> _start;
    private readonly List<Process> _processes = [];
    private readonly TemporaryFolder _folder = new();
    private string _settings = "";

    public CephGateway() => _start = new(StartAsync);

    public int Port { get; private set; }

    /// <summary>As set for the server: the smallest part but the last that it takes.</summary>
    public static int SmallestPart => 32 * 1024;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public Task NeedAsync() => _start.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        string[] programs = ["ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin"];
        Requirement.Need(programs.All(static program => File.Exists($"/usr/bin/{program}")) ? "" : null, "Ceph's object gateway is not installed; ./test installs it where it can.");
        var monitor = PostgresServerProcess.FreePort();
        Port = PostgresServerProcess.FreePort();
        _settings = Path.Combine(_folder.Path, "ceph.conf");
        var (cluster, store, map) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), Path.Combine(_folder.Path, "map"));
        await File.WriteAllTextAsync(_settings, Settings(cluster, monitor, Port));
        foreach (var part in new[] { "mon", "osd" })
            Directory.CreateDirectory(Path.Combine(_folder.Path, part));

        await RunAsync("monmaptool", "--create", "--fsid", cluster, "--addv", "a", $"[v2:127.0.0.1:{monitor}]", map);
        await RunAsync("ceph-mon", "-c", _settings, "--mkfs", "-i", "a", "--monmap", map);
        Serve("ceph-mon", "-f", "-i", "a");
        await RunAsync("ceph", "-c", _settings, "osd", "new", store);
        await RunAsync("ceph-osd", "-c", _settings, "-i", "0", "--mkfs", "--osd-uuid", store);
        Serve("ceph-osd", "-f", "-i", "0");
        await RunAsync("radosgw-admin", "-c", _settings, "user", "create", "--uid", "test", "--display-name", "test", "--access-key", AccessKey, "--secret-key", SecretKey);
        Serve("radosgw", "-f", "-n", "client.admin");
        await UntilItListensAsync();
        using var client = new AmazonS3Client(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config { ServiceURL = $"http://127.0.0.1:{Port}", ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await client.PutBucketAsync(Bucket);
    }

    /// <summary>No authentication within the cluster, one copy of everything, and no waiting for company before the monitor decides.</summary>
    private string Settings(string cluster, int monitor, int gateway) => $"""
        [global]
        fsid = {cluster}
        mon host = v2:127.0.0.1:{monitor}/0
        mon initial members = a
        public addr = 127.0.0.1
        auth cluster required = none
        auth service required = none
        auth client required = none
        ms mon client mode = crc
        ms mon cluster mode = crc
        ms mon service mode = crc
        paxos propose interval = 0.01
        paxos min wait = 0.01
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 1
        osd pool default pgp num = 1
        osd pool default pg autoscale mode = off
        osd crush chooseleaf type = 0
        osd objectstore = memstore
        memstore device bytes = 8589934592
        mon allow pool size one = true
        mon max pg per osd = 1000
        mon data = {_folder.Path}/mon
        mon data avail crit = 0
        mon data avail warn = 0
        osd data = {_folder.Path}/osd
        run dir = {_folder.Path}
        admin socket =
        log file = {_folder.Path}/log
        pid file =
        [client.admin]
        rgw frontends = beast endpoint=127.0.0.1:{gateway} tcp_nodelay=1
        rgw data = {_folder.Path}/rgw
        rgw num rados handles = 1
        rgw override bucket index max shards = 1
        rgw dynamic resharding = false
        rgw multipart min part size = {SmallestPart}

        """;

    private void Serve(string program, params string[] arguments) => _processes.Add(Start(program, [.. arguments, "-c", _settings]));

    private async Task RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        using var process = Start(program, arguments);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(Path.Combine(_folder.Path, "output"), limit.Token)}");
    }

    /// <summary>Its output goes to a file: nobody would read it from a pipe.</summary>
    private Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Path.Combine(_folder.Path, "output"), $"/usr/bin/{program}", .. arguments]))!;

    private async Task UntilItListensAsync()
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
            }
        }
    }
}
