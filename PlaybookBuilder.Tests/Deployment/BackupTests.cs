using System.Diagnostics;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Backup and restore as docs/operating.md tells them: the database first, then the files.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class BackupTests(PostgresServer server, PublishedBrowser browser)
{
    private const string Counts = "gene,s1,s2\nA,1,2\nB,30,4\n";

    [Fact]
    public async Task Backup_RestoredElsewhere_HasPlaybooksResultsAndFiles()
    {
        var url = await server.NewDatabaseAsync();
        using var backup = new TemporaryFolder();
        var folder = new TemporaryFolder();
        string id, file;
        (string Type, string Value) output;
        await using (var deployment = await Deployment.StartAsync(url, replicas: 1, workers: 1))
        {
            file = await deployment.UploadAsync(0, "counts.csv", Counts);
            id = await deployment.PostAsync(0, Deployment.LibrarySizes(file));
            output = await deployment.OutputAsync(0, id);
            // While it runs.
            await RunAsync("pg_dump", "--format=custom", $"--file={DumpOf(backup)}", url);
            Copy(Deployment.FilesOf(deployment.Folder), Path.Combine(backup.Path, "ufs"));
        }

        var restored = await server.NewDatabaseAsync(isMigrated: false);
        await RunAsync("pg_restore", "--no-owner", "--exit-on-error", $"--dbname={restored}", DumpOf(backup));
        Copy(Path.Combine(backup.Path, "ufs"), Deployment.FilesOf(folder));
        await using var again = await Deployment.StartAsync(restored, replicas: 1, workers: 1, folder);

        // The result that was kept, the bytes of the upload, and another step computed on them.
        Assert.Equal(output, await again.OutputAsync(0, id));
        Assert.Equal(Counts, await again.DownloadAsync(0, file));
        Assert.Equal("PlotlyPlot", (await again.OutputAsync(0, await again.PostAsync(0, Deployment.NormalizedLibrarySizes(file)))).Type);
        await using var session = await browser.OpenAtAsync(again.Replicas[0]);
        await session.Page.GotoAsync($"/graph/{id}");
        await BrowserSession.SeeAsync(session.Page.Locator("figure.plot").First);
        Assert.Empty(session.Complaints);
    }

    private static string DumpOf(TemporaryFolder backup) => Path.Combine(backup.Path, "playbooks.dump");

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var binaries = PostgresServerProcess.FindBinaries();
        Assert.SkipWhen(binaries is null, "PostgreSQL is not installed; ./test installs it where it can.");
        var run = await ProgramRun.StartAsync(new ProcessStartInfo(Path.Combine(binaries, program), arguments));
        Assert.True(run.ExitCode == 0, $"{program}: {run.Errors}");
    }
}
