using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>The ingress of the compose file as a process: nginx with the same template, before replicas named by their addresses.</summary>
internal sealed partial class Ingress : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private static readonly Version FirstWithHttp2Directive = new(1, 25, 1);

    private readonly Process _process;
    private readonly TemporaryFolder _folder;
    private readonly string _thumbprint;

    private Ingress(Process process, TemporaryFolder folder, string thumbprint, int http, int https) =>
        (_process, _folder, _thumbprint, PlainAddress, Address) = (process, folder, thumbprint, new($"http://localhost:{http}"), new($"https://localhost:{https}"));

    public Uri Address { get; }

    public Uri PlainAddress { get; }

    public static async Task<Ingress> StartAsync(IReadOnlyList<PublishedProgram> replicas)
    {
        Requirement.Need(File.Exists(Program) ? Program : null, "nginx is not installed; ./test installs it where it can.");
        var folder = new TemporaryFolder();
        var certificate = await ProgramRun.StartAsync(folder.Path, "certificate", "--output", folder.Path);
        Assert.True(certificate.ExitCode == 0, certificate.Errors);
        var (http, https) = (PostgresServerProcess.FreePort(), PostgresServerProcess.FreePort());
        var site = Fill(Repository.Read("deploy", "ingress", "ingress.conf.template"), new()
        {
            ["HTTP_LISTEN"] = $"127.0.0.1:{http}",
            ["HTTPS_LISTEN"] = $"127.0.0.1:{https}",
            ["HTTPS_PORT"] = $"{https}",
            ["CERTIFICATES"] = folder.Path,
            // Replicas have addresses here, so no name server is asked.
            ["NAME_SERVER"] = "127.0.0.1",
            ["UI_SERVERS"] = string.Join(' ', replicas.Select(replica => $"server {replica.Address.Authority} max_fails=1 fail_timeout=5s;")),
        });
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "site.conf"), await VersionAsync() >= FirstWithHttp2Directive ? site : Http2Directive().Replace(site, ""));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "nginx.conf"), Settings(folder.Path));
        var process = Process.Start(new ProcessStartInfo(Program, ["-c", Path.Combine(folder.Path, "nginx.conf"), "-e", Path.Combine(folder.Path, "error.log")]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var made = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.Path, "tls.crt"));
        var ingress = new Ingress(process, folder, made.Thumbprint, http, https);
        await ingress.UntilItListensAsync(https, errors);
        return ingress;
    }

    /// <summary>A client that trusts this ingress alone, and keeps cookies or not.</summary>
    public HttpClient NewClient(bool keepsCookies) => new(new HttpClientHandler
    {
        UseCookies = keepsCookies,
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == _thumbprint,
    })
    { BaseAddress = Address, Timeout = EngineHost.Patience };

    /// <summary>Which replica answered what, a line a request: its address, the status, the upgrade that was asked for, method and path.</summary>
    public async Task<string[]> ReadLogAsync() => await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "access.log"));

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    // What nginx's image does with a template.
    private static string Fill(string template, Dictionary<string, string> values) => Name().Replace(template, name => values[name.Groups[1].Value]);

    private static string Settings(string folder) => $$"""
        daemon off;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 2;
        events { worker_connections 512; }
        http {
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            log_format told '$upstream_addr $status "$http_upgrade" $request_method $request_uri';
            access_log {{folder}}/access.log told;
            include {{folder}}/site.conf;
        }
        """;

    private static async Task<Version> VersionAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["-v"]) { RedirectStandardError = true })!;
        var text = await process.StandardError.ReadToEndAsync();
        return Version.Parse(VersionNumber().Match(text).Value);
    }

    private async Task UntilItListensAsync(int port, Task<string> errors)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        while (true)
        {
            Assert.False(_process.HasExited, _process.HasExited ? await errors : "");
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

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"^\s*http2 on;$", RegexOptions.Multiline)]
    private static partial Regex Http2Directive();
}
