using System.Diagnostics;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>The real dbmate, from its npm package, on the checked-in migrations.</summary>
internal static class Dbmate
{
    private const string Missing = "dbmate is not installed; ./test installs it where it can.";

    /// <summary>Runs one of its commands and gives what it printed.</summary>
    public static async Task<string> RunAsync(string url, string command)
    {
        var root = FindRoot();
        var program = Requirement.Need(root is null ? null : FindProgram(root), Missing);
        var start = new ProcessStartInfo(program, ["--migrations-dir", Path.Combine(root!, "migrations"), "--no-dump-schema", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It asks for an encrypted connection otherwise.
            Environment = { ["DATABASE_URL"] = $"{url}?sslmode=disable" },
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(EngineHost.Patience, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, string.Join('\n', output));
        return string.Join('\n', output);
    }

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PlaybookBuilder.slnx"))) return folder.FullName;
        }

        return null;
    }

    private static string? FindProgram(string root)
    {
        var packages = Path.Combine(root, "out", "tools", "node_modules", "@dbmate");
        return Directory.Exists(packages) ? Directory.GetDirectories(packages).Select(package => Path.Combine(package, "bin", "dbmate")).FirstOrDefault(File.Exists) : null;
    }
}
