using System.Diagnostics;
using System.Net.Sockets;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

[assembly: AssemblyFixture(typeof(WebFileServer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>nginx before a folder of files. It starts with the first test that asks for it.</summary>
public sealed class WebFileServer : IAsyncLifetime
{
    /// <summary>A header, and the value with which alone what is below <see cref="Guarded"/> is given.</summary>
    public const string Key = "X-Key";

    public const string Word = "open-sesame";

    public const string Guarded = "guarded";

    private const string Program = "/usr/sbin/nginx";

    private readonly Lazy<Task> _start;
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public WebFileServer() => _start = new(StartAsync);

    public int Port { get; private set; }

    public string Files => Path.Combine(_folder.Path, "files");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public Task NeedAsync() => _start.Value;

    /// <summary>Puts a file there in one step, in place of the one that is there.</summary>
    public async Task PutAsync(string path, byte[] content)
    {
        var file = Path.Combine(Files, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var written = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(written, content);
        File.Move(written, file, overwrite: true);
    }

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
        Requirement.Need(File.Exists(Program) ? Program : null, "nginx is not installed; ./test installs it where it can.");
        Port = PostgresServerProcess.FreePort();
        Directory.CreateDirectory(Files);
        var settings = Path.Combine(_folder.Path, "nginx.conf");
        await File.WriteAllTextAsync(settings, Settings());
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Path.Combine(_folder.Path, "output"), Program, "-c", settings, "-e", Path.Combine(_folder.Path, "error.log")]))!;
        await UntilItListensAsync(_process);
    }

    private string Settings() => $$"""
        daemon off;
        pid {{_folder.Path}}/nginx.pid;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        events { worker_connections 512; }
        http {
            access_log off;
            client_body_temp_path {{_folder.Path}}/body;
            proxy_temp_path {{_folder.Path}}/proxy;
            fastcgi_temp_path {{_folder.Path}}/fastcgi;
            uwsgi_temp_path {{_folder.Path}}/uwsgi;
            scgi_temp_path {{_folder.Path}}/scgi;
            server {
                listen 127.0.0.1:{{Port}};
                root {{Files}};
                location /{{Guarded}}/ {
                    if ($http_x_key != "{{Word}}") { return 403; }
                }
                location /moved/ { rewrite ^/moved/(.*)$ /$1 permanent; }
                location /without-tags/ { alias {{Files}}/; etag off; if_modified_since off; add_header Last-Modified ""; }
                location /without-ranges/ { alias {{Files}}/; max_ranges 0; }
            }
        }
        """;

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
                if (process.HasExited) throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "error.log"), limit.Token));
            }
        }
    }
}
