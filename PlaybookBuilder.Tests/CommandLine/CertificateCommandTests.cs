using System.Security.Cryptography.X509Certificates;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.CommandLine;

namespace PlaybookBuilder.Tests.CommandLine;

public sealed class CertificateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string CertificatePath => Path.Combine(_folder.Path, "made", CertificateCommand.CertificateFile);

    private string KeyPath => Path.Combine(_folder.Path, "made", CertificateCommand.KeyFile);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Certificate_IsForItsHostsAndItsKeyForNobodyElse()
    {
        var run = await MakeAsync("--host", "playbooks.example.org", "--host", "127.0.0.1");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        using var certificate = X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("playbooks.example.org"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.False(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.NotBefore <= DateTime.Now && certificate.NotAfter > DateTime.Now.AddDays(300));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public async Task Certificate_WhereThereIsOne_StaysAsItIs()
    {
        await MakeAsync();
        var before = await File.ReadAllTextAsync(CertificatePath, TestContext.Current.CancellationToken);

        var run = await MakeAsync("--host", "playbooks.example.org");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(CertificatePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Certificate_WhereTheKeyIsMissing_OverwritesNothing()
    {
        await MakeAsync();
        File.Delete(KeyPath);

        var run = await MakeAsync();

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("only one is there", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    private Task<ProgramRun> MakeAsync(params string[] arguments) => ProgramRun.StartAsync(_folder.Path, ["certificate", "--output", "made", .. arguments]);
}
