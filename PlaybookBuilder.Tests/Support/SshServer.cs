using System.Diagnostics;
using System.Net.Sockets;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using Renci.SshNet;

[assembly: AssemblyFixture(typeof(SshServer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>OpenSSH's own server, for SFTP alone, without rights on this machine; ./test installs it. It starts with the first test that asks for it.</summary>
public sealed class SshServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/sshd";
    // Debian has it everywhere. A server without rights lets in nobody but its own user.
    private const string UserOfRoot = "www-data";

    private readonly Lazy<Task> _start;
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public SshServer() => _start = new(StartAsync);

    public int Port { get; private set; }

    public string User { get; } = Environment.IsPrivilegedProcess ? UserOfRoot : Environment.UserName;

    /// <summary>The fingerprint of the key that it shows, in base 64.</summary>
    public string HostKey { get; private set; } = "";

    public string ClientKeyFile => Path.Combine(_folder.Path, "client");

    public PrivateKeyFile ClientKey => new(ClientKeyFile);

    /// <summary>A folder of this machine that its user may write to.</summary>
    public string FilesFolder => Path.Combine(_folder.Path, "files");

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

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }

    private async Task StartAsync()
    {
        Requirement.Need(File.Exists(Program) ? Program : null, "OpenSSH's server is not installed; ./test installs it where it can.");
        Port = PostgresServerProcess.FreePort();
        Directory.CreateDirectory(FilesFolder);
        foreach (var key in new[] { "host", "client" })
            await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder.Path, key));

        HostKey = (await RunAsync("ssh-keygen", "-lf", Path.Combine(_folder.Path, "host"))).Split(' ')[1]["SHA256:".Length..];
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "sshd_config"), Settings());
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chmod", "755", _folder.Path);
            await RunAsync("chown", UserOfRoot, Path.Combine(_folder.Path, "host"), FilesFolder);
        }

        string[] server = [Program, "-D", "-e", "-f", Path.Combine(_folder.Path, "sshd_config")];
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={UserOfRoot}", $"--regid={UserOfRoot}", "--clear-groups", .. server] : server;
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Path.Combine(_folder.Path, "output"), .. command]))!;
        await UntilItListensAsync(_process);
    }

    private string Settings() => $"""
        Port {Port}
        ListenAddress 127.0.0.1
        HostKey {_folder.Path}/host
        AuthorizedKeysFile {_folder.Path}/client.pub
        PidFile none
        UsePAM no
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        MaxStartups 1000
        Subsystem sftp internal-sftp

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
                if (process.HasExited) throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "output"), limit.Token));
            }
        }
    }
}
