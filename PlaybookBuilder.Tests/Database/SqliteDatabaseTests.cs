using System.Diagnostics;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database;

public sealed class SqliteDatabaseTests
{
    private const string FolderVariable = "PLAYBOOK_TEST_KILL_FOLDER";

    [Fact]
    public void Open_FileThatAnotherHas_IsRefusedWithAClearLine()
    {
        using var folder = new TemporaryFolder();
        using var first = Open($"file:{folder.Path}/playbook.db");

        var exception = Assert.Throws<DatabaseUnavailableException>(() => Open($"file:{folder.Path}/playbook.db"));

        Assert.Contains("in use by another process", exception.Message, StringComparison.Ordinal);
        Assert.Contains(DatabaseOptions.Variable, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Open_AfterTheOtherLeft_Works()
    {
        using var folder = new TemporaryFolder();
        Open($"file:{folder.Path}/playbook.db").Dispose();

        using var second = Open($"file:{folder.Path}/playbook.db");

        Assert.Equal(1, second.Read(static session => session.Query("SELECT 1", static reader => reader.GetInt32(0)).Single()));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedWithAClearLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText($"{folder.Path}/playbook.db", new string('x', 10_000));

        Assert.Contains("can't be used as the database", Assert.Throws<DatabaseUnavailableException>(() => Open($"file:{folder.Path}/playbook.db")).Message, StringComparison.Ordinal);
        File.Delete($"{folder.Path}/playbook.db");
        Open($"file:{folder.Path}/playbook.db").Dispose();
    }

    [Fact]
    public void Open_SchemaOfALaterProgram_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using (var database = Open($"file:{folder.Path}/playbook.db")) database.Read(static session => session.Execute("PRAGMA user_version=99"));

        Assert.Contains("99", Assert.Throws<DatabaseUnavailableException>(() => Open($"file:{folder.Path}/playbook.db")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_Memory_LeavesNothingBehind()
    {
        string file;
        using (var database = Open(DatabaseOptions.Memory))
        {
            file = database.Read(static session => session.Query("SELECT file FROM pragma_database_list WHERE name = 'main'", static reader => reader.GetString(0))).Single();
            Assert.True(File.Exists(file));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }

    [Fact]
    public async Task Write_AfterDispose_IsRefused()
    {
        var database = Open(DatabaseOptions.Memory);
        database.Dispose();
        database.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(static _ => 1, CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => database.Read(static _ => 1));
    }

    [Fact]
    public async Task Dispose_WithWritesUnderWay_AnswersThemFirst()
    {
        var database = Open(DatabaseOptions.Memory);
        var writes = Enumerable.Range(0, 500).Select(i => database.WriteAsync(_ => i, CancellationToken.None)).ToArray();

        database.Dispose();

        Assert.Equal(Enumerable.Range(0, 500), await Task.WhenAll(writes).WaitAsync(EngineHost.Patience));
    }

    [Fact]
    public async Task Kill_InTheMiddleOfWrites_LosesNothingThatWasAnswered()
    {
        using var folder = new TemporaryFolder();
        using var victim = StartVictim(folder.Path);
        var answered = Path.Combine(folder.Path, "answered");
        var patience = Stopwatch.StartNew();
        while (!(File.Exists(answered) && new FileInfo(answered).Length > 200 * 37) && patience.Elapsed < EngineHost.Patience) await Task.Run(static () => Thread.Sleep(5));
        victim.Kill(entireProcessTree: true);
        await victim.WaitForExitAsync().WaitAsync(EngineHost.Patience);

        using var database = Open($"file:{folder.Path}/playbook.db");
        var store = new SqlitePlaybookStore(database);
        var ids = (await File.ReadAllTextAsync(answered)).Split('\n').Where(line => line.Length == 36).Select(Guid.Parse).ToArray();
        Assert.True(ids.Length >= 200);
        foreach (var id in ids) Assert.Equal(3, (await store.FindAsync(id, CancellationToken.None))!.Steps.Length);
    }

    /// <summary>Not a test by itself: what the process runs that gets killed.</summary>
    [Fact(Explicit = true)]
    public async Task Victim_WritesUntilItIsKilled()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Only another test starts this.");
        using var database = Open($"file:{folder}/playbook.db");
        var store = new SqlitePlaybookStore(database);
        await using var answered = new StreamWriter(Path.Combine(folder, "answered")) { AutoFlush = true };
        var writing = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000_000), async (i, cancellationToken) =>
        {
            var playbook = Playbooks.Chain(3, $"{i}");
            await store.SaveAsync(playbook, [], cancellationToken);
            lock (writing) answered.Write($"{playbook.Id}\n");
        });
    }

    private static Process StartVictim(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(SqliteDatabaseTests).Assembly.Location);
        foreach (var argument in new[] { "--explicit", "only", "--filter-method", $"*{nameof(Victim_WritesUntilItIsKilled)}", "--no-progress" }) start.ArgumentList.Add(argument);
        start.Environment[FolderVariable] = folder;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static SqliteDatabase Open(string url) => new(Options.Create(new DatabaseOptions { Url = url }));
}
