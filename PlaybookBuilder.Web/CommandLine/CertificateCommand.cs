using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary><c>certificate</c> makes a certificate that signs itself, with which the ingress can be tried before there is a real one.</summary>
internal static class CertificateCommand
{
    internal const string CertificateFile = "tls.crt";
    internal const string KeyFile = "tls.key";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static Command Create()
    {
        var hosts = new Option<string[]>("--host") { Description = "A name or an address that it is for; may be repeated.", HelpName = "name", DefaultValueFactory = static _ => ["localhost"] };
        var folder = new Option<DirectoryInfo>("--output") { Description = $"Where {CertificateFile} and {KeyFile} go, unless there are any.", HelpName = "folder", Required = true };
        var command = new Command("certificate", "Makes a self-signed certificate, to try an ingress with.") { hosts, folder };
        command.SetAction((parsed, cancellationToken) => CommandErrors.ToExitCodeAsync(() => WriteAsync(parsed.GetRequiredValue(folder).FullName, parsed.GetRequiredValue(hosts), cancellationToken)));
        return command;
    }

    private static async Task<int> WriteAsync(string folder, string[] hosts, CancellationToken cancellationToken)
    {
        var (certificatePath, keyPath) = (Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile));
        if (File.Exists(certificatePath) && File.Exists(keyPath))
        {
            Console.WriteLine($"{certificatePath} and its key are there.");
            return ExitCodes.Done;
        }

        // Half a pair is somebody's mistake, or somebody's key.
        if (File.Exists(certificatePath) || File.Exists(keyPath)) throw new UsageException($"Of {certificatePath} and {keyPath} only one is there; add the other or remove both.");

        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(key, hosts);
        await WriteKeyAsync(keyPath, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
        await File.WriteAllTextAsync(certificatePath, certificate.ExportCertificatePem() + "\n", cancellationToken);
        Console.WriteLine($"Made {certificatePath} for {string.Join(", ", hosts)}, signed by itself: browsers warn of it.");
        return ExitCodes.Done;
    }

    private static async Task WriteKeyAsync(string path, string pem, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, Encoding.ASCII, options);
        await file.WriteLineAsync(pem.AsMemory(), cancellationToken);
    }

    private static X509Certificate2 Sign(ECDsa key, string[] hosts)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=Playbook Builder"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        var now = DateTimeOffset.UtcNow;
        // Clocks differ.
        return request.CreateSelfSigned(now.AddHours(-1), now + Lifetime);
    }
}
