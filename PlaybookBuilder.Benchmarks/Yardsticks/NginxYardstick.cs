using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>nginx that serves the files of a folder, the kernel copying them.</summary>
internal sealed class NginxYardstick : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private NginxYardstick(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <returns>Null where nginx is not installed.</returns>
    public static async Task<NginxYardstick?> StartAsync(string folder)
    {
        if (Find() is not { } program) return null;

        var (port, work) = (UnusedPort(), Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName);
        await File.WriteAllTextAsync(Path.Combine(work, "nginx.conf"), $$"""
            daemon off; user root; worker_processes auto; pid {{work}}/pid; error_log stderr warn;
            events { worker_connections 256; }
            http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; server { listen 127.0.0.1:{{port}}; root {{folder}}; } }
            """);
        var process = Process.Start(new ProcessStartInfo(program, ["-p", work, "-c", Path.Combine(work, "nginx.conf")]))!;
        var address = new Uri($"http://127.0.0.1:{port}");
        await WaitAsync(port);
        return new NginxYardstick(process, address);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Find() => new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx" }.FirstOrDefault(File.Exists);

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitAsync(int port)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < LongestStart;)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("nginx does not listen.");
    }
}
