using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Two steps that no release had yet: a new column, and a table that others refer to put in the place of another.
    private static readonly SqliteMigration AddKind = new($"{LaterVersion - 1:0000}_add_kind.sql", "ALTER TABLE upload ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'");

    private static readonly SqliteMigration AddSize = new(
        $"{LaterVersion:0000}_add_size.sql",
        """
        CREATE TABLE data_new (id BLOB NOT NULL PRIMARY KEY, type TEXT NOT NULL, value TEXT NOT NULL, size INTEGER NOT NULL);
        INSERT INTO data_new SELECT id, type, value, length(value) FROM data;
        DROP TABLE data;
        ALTER TABLE data_new RENAME TO data;
        """);

    private static readonly string LaterScript = SqliteSchema.Current.Script
        .Replace("\"sha256\" TEXT NOT NULL,", "\"sha256\" TEXT NOT NULL, \"kind\" TEXT NOT NULL,", StringComparison.Ordinal)
        .Replace("\"value\" TEXT NOT NULL\n)", "\"value\" TEXT NOT NULL, \"size\" INTEGER NOT NULL)", StringComparison.Ordinal);

    private static readonly SqliteSchema Later = new(LaterScript, [.. SqliteSchema.Current.Migrations, AddKind, AddSize]);

    private static int LaterVersion => SqliteSchema.Current.Version + 2;

    private string File => Path.Combine(_folder.Path, "playbook.db");

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, Pooling = false, ForeignKeys = true }.ToString();

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, SqliteSchema.Current.Version)];

    /// <remarks>With <c>WRITE_SCHEMA=true</c> the script is written anew instead.</remarks>
    [Fact]
    public void Script_CheckedIn_IsThatOfTheModel()
    {
        var script = SqliteSchema.ScriptOfModel();
        if (Environment.GetEnvironmentVariable("WRITE_SCHEMA") == "true") System.IO.File.WriteAllText(ScriptFile(), script);
        else Assert.Equal(script, SqliteSchema.Current.Script);
    }

    [Fact]
    public void Migrations_AreNumberedFromTwo() =>
        Assert.Equal(Enumerable.Range(2, SqliteSchema.Current.Version - 1).Select(number => $"{number:0000}"), SqliteSchema.Current.Migrations.Select(migration => migration.Name.Split('_')[0]));

    /// <remarks>A script is kept of every version that a release had, and never changed: see docs/developing.md.</remarks>
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Open_FileOfAnEarlierVersion_HasThenTheSchemaOfANewOne(int version)
    {
        await MakeAsync(version);

        using (var database = Open())
        {
            IPlaybookStore store = new SqlitePlaybookStore(database);
            var playbook = Playbooks.Chain(3);
            await store.SaveAsync(playbook, CancellationToken.None);
            Assert.Equal(playbook.Id, (await store.FindAsync(playbook.Id, CancellationToken.None))!.Id);
        }

        Assert.Equal(DescribeNew(SqliteSchema.Current), Describe(File));
    }

    /// <remarks>What was accepted before files in playbooks needed a grant, and what steps made before it was kept only while a value names it.</remarks>
    [Fact]
    public async Task Open_FileWithFilesInPlaybooks_GrantsThem()
    {
        await MakeAsync(2);
        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            Execute(connection, """
                INSERT INTO upload VALUES ('mine', 'a', 1, 'a.csv', x'01', 0), ('made', 'b', 1, 'b.h5ad', NULL, 0), ('other', 'c', 1, 'c.csv', x'02', 0);
                INSERT INTO data VALUES (x'01', 'FileURL', '{"filename":"a.csv","url":"drs://host:80/mine"}'), (x'02', 'FileURL', '{"a":[{"b":"drs://h/made"},"other","drs://h/none"]}'), (x'03', 'FileURL', '{"url":"drs://h/other"}');
                INSERT INTO process (id, type, data_id) VALUES (x'11', 'FileInput', x'01'), (x'12', 'FileInput', x'02')
                """);
        }

        Open().Dispose();

        Assert.Equal(2, Read(File, "SELECT count(*) FROM upload_grant"));
        Assert.Equal(1, Read(File, "SELECT count(*) FROM upload_grant WHERE data_id = x'02' AND upload_id = 'made'"));
        Assert.Equal(1, Read(File, "SELECT count(*) FROM upload_grant WHERE data_id = x'01' AND upload_id = 'mine'"));
    }

    /// <remarks>Of all versions, what has a frozen result and nothing else.</remarks>
    [Fact]
    public async Task Open_FileWithSavedPlaybooks_HoldsTheirResults()
    {
        await MakeAsync(4);
        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            Execute(connection, """
                INSERT INTO data VALUES (x'01', 'Text', '{}');
                INSERT INTO process VALUES (x'11', 'Ask', NULL, 5), (x'12', 'Copy', NULL, 5), (x'13', 'Copy', NULL, NULL), (x'14', 'Copy', NULL, 5), (x'15', 'Copy', NULL, 5);
                INSERT INTO resolution VALUES (x'11', x'01', 1, 5, 0, 0), (x'12', x'01', 1, 5, 0, 0), (x'13', x'01', 1, 5, 0, 0), (x'15', x'01', 1, 5, 0, 0);
                INSERT INTO step VALUES (x'21', x'11', NULL, NULL, NULL), (x'22', x'12', x'21', NULL, NULL), (x'23', x'13', x'22', NULL, NULL), (x'24', x'14', x'21', NULL, NULL), (x'25', x'15', NULL, NULL, NULL);
                INSERT INTO saved_playbook (id, user_id, playbook_id, version, title, description, authors, licence, is_curated, clicks, created, updated)
                  VALUES (x'31', X'00000000000080008000000000000001', x'24', 2, '', '', '', '', 0, 0, 5, 5);
                INSERT INTO saved_playbook_version VALUES (x'31', 1, x'23', '', 5), (x'31', 2, x'24', '', 5)
                """);
        }

        Open().Dispose();

        Assert.Equal(2, Read(File, "SELECT count(*) FROM saved_playbook_result"));
        Assert.Equal(2, Read(File, "SELECT count(*) FROM saved_playbook_result WHERE saved_playbook_id = x'31' AND process_id IN (x'11', x'12')"));
    }

    [Fact]
    public async Task Prepare_OlderFile_BringsItToTheSchemaOfANewOneWithAllItsRows()
    {
        var playbook = await MakeWithAPlaybookAsync();

        Later.Prepare(ConnectionString, File);

        Assert.Equal(DescribeNew(Later), Describe(File));
        Assert.Equal(LaterVersion, Read(File, "PRAGMA user_version"));
        Assert.Equal(playbook.Steps.Length, Read(File, "SELECT count(*) FROM step"));
        Assert.Equal(0, Read(File, "SELECT count(*) FROM process WHERE data_id NOT IN (SELECT id FROM data WHERE size > 0)"));
    }

    [Fact]
    public async Task Prepare_OlderFile_IsCopiedBefore()
    {
        var playbook = await MakeWithAPlaybookAsync();

        Later.Prepare(ConnectionString, File);

        Assert.Equal(SqliteSchema.Current.Version, Read(File + $".before-{LaterVersion}", "PRAGMA user_version"));
        Assert.Equal(DescribeNew(SqliteSchema.Current), Describe(File + $".before-{LaterVersion}"));
        System.IO.File.Move(File + $".before-{LaterVersion}", File, overwrite: true);
        using var database = Open();
        Assert.Equal(playbook.Id, (await new SqlitePlaybookStore(database).FindAsync(playbook.Id, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task Prepare_WhatStandsOnlyInTheLog_IsInTheCopyToo()
    {
        await MakeAsync(SqliteSchema.Current.Version);
        using var other = new SqliteConnection(ConnectionString);
        other.Open();
        Execute(other, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; INSERT INTO data VALUES (x'01', 'Text', '\"kept\"')");
        Assert.True(new FileInfo(File + "-wal").Length > 0);

        Later.Prepare(ConnectionString, File);

        Assert.Equal(1, Read(File + $".before-{LaterVersion}", "SELECT count(*) FROM data"));
    }

    [Fact]
    public async Task Prepare_StepThatFails_LeavesTheFileAsItWas()
    {
        await MakeWithAPlaybookAsync();
        var before = await System.IO.File.ReadAllBytesAsync(File);
        var broken = new SqliteSchema(LaterScript, [.. SqliteSchema.Current.Migrations, AddKind, AddSize with { Sql = AddSize.Sql + "INSERT INTO nowhere VALUES (1);" }]);

        var exception = Assert.Throws<DatabaseUnavailableException>(() => broken.Prepare(ConnectionString, File));

        Assert.Contains($"{AddSize.Name} failed", exception.Message, StringComparison.Ordinal);
        Assert.Contains("stays as it was", exception.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File));
        Later.Prepare(ConnectionString, File);
        Assert.Equal(LaterVersion, Read(File, "PRAGMA user_version"));
    }

    [Fact]
    public async Task Prepare_StepThatLosesWhatOthersReferTo_IsTakenBack()
    {
        await MakeWithAPlaybookAsync();
        var losing = new SqliteSchema(LaterScript, [.. SqliteSchema.Current.Migrations, AddKind, AddSize with { Sql = AddSize.Sql.Replace("FROM data;", "FROM data WHERE false;", StringComparison.Ordinal) }]);

        Assert.Contains("refer to nothing", Assert.Throws<DatabaseUnavailableException>(() => losing.Prepare(ConnectionString, File)).Message, StringComparison.Ordinal);

        Assert.Equal(SqliteSchema.Current.Version, Read(File, "PRAGMA user_version"));
        Assert.NotEqual(0, Read(File, "SELECT count(*) FROM data"));
    }

    [Fact]
    public async Task Prepare_StepsThatLeadElsewhereThanTheScript_AreTakenBack()
    {
        await MakeAsync(SqliteSchema.Current.Version);
        var drifted = new SqliteSchema(LaterScript, [.. SqliteSchema.Current.Migrations, AddKind with { Sql = AddKind.Sql.Replace("kind", "sort", StringComparison.Ordinal) }, AddSize]);

        Assert.Contains("upload.kind", Assert.Throws<DatabaseUnavailableException>(() => drifted.Prepare(ConnectionString, File)).Message, StringComparison.Ordinal);
        Assert.Equal(SqliteSchema.Current.Version, Read(File, "PRAGMA user_version"));
    }

    [Fact]
    public async Task Prepare_WithoutACopy_DoesNotMigrate()
    {
        await MakeWithAPlaybookAsync();
        var before = await System.IO.File.ReadAllBytesAsync(File);
        Directory.CreateDirectory(File + $".before-{LaterVersion}.unfinished");

        var exception = Assert.Throws<DatabaseUnavailableException>(() => Later.Prepare(ConnectionString, File));

        Assert.Contains("can't be copied before", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task Prepare_AfterManyMigrations_LeavesTheNewestCopies()
    {
        await MakeAsync(1);
        foreach (var name in new[] { "1", "2", "-1", "x", "2.mine" }) await System.IO.File.WriteAllTextAsync($"{File}.before-{name}", "");
        SqliteMigration[] steps = [.. SqliteSchema.Current.Migrations, .. Enumerable.Range(SqliteSchema.Current.Version + 1, 11).Select(number => new SqliteMigration($"{number:0000}_nothing.sql", "SELECT 1"))];

        for (var count = 8; count <= 11; count++) new SqliteSchema(SqliteSchema.Current.Script, steps[..count]).Prepare(ConnectionString, File);

        Assert.Equal(["-1", "10", "11", "12", "2.mine", "x"], Directory.GetFiles(_folder.Path, "*.before-*").Select(file => file[(File.Length + ".before-".Length)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Open_FileOfANewerProgram_IsRefusedAndNotTouched()
    {
        await MakeWithAPlaybookAsync();
        Later.Prepare(ConnectionString, File);
        var before = await System.IO.File.ReadAllBytesAsync(File);

        var exception = Assert.Throws<DatabaseUnavailableException>(Open);

        Assert.Contains($"is of version {LaterVersion}, this program's is {SqliteSchema.Current.Version}", exception.Message, StringComparison.Ordinal);
        Assert.Contains($".before-{LaterVersion}", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File));
    }

    // Before the first release ids were text and jobs were not marked as cancelled, under the same version.
    [Fact]
    public async Task Open_FileFromBeforeTheFirstRelease_IsRefused()
    {
        var script = (await ReadScriptAsync(1)).Replace("BLOB", "TEXT", StringComparison.Ordinal).Replace("\"not_before\" INTEGER NULL,", "\"not_before\" INTEGER NULL", StringComparison.Ordinal).Replace("    \"is_cancel_requested\" INTEGER NOT NULL,\n", ",", StringComparison.Ordinal);
        Make(script, 1);

        Assert.Contains("before the first release", Assert.Throws<DatabaseUnavailableException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseOfSomethingElse_IsRefusedAndNotTouched()
    {
        Make("CREATE TABLE bookmarks (url TEXT)", 0);

        Assert.Contains("something else made it", Assert.Throws<DatabaseUnavailableException>(Open).Message, StringComparison.Ordinal);

        Assert.Equal(["column bookmarks.url TEXT"], Describe(File));
    }

    public void Dispose() => _folder.Dispose();

    private SqliteDatabase Open() => new(Options.Create(new DatabaseOptions { Url = $"file:{File}" }));

    private async Task<Playbook> MakeWithAPlaybookAsync()
    {
        await MakeAsync(SqliteSchema.Current.Version);
        using var database = Open();
        var playbook = Playbooks.Chain(3);
        await new SqlitePlaybookStore(database).SaveAsync(playbook, [], CancellationToken.None);
        return playbook;
    }

    private async Task MakeAsync(int version) => Make(await ReadScriptAsync(version), version);

    private void Make(string script, int version)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Execute(connection, $"{script}; PRAGMA user_version={version}");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Read(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static IReadOnlyList<string> Describe(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        return SqliteSchema.Describe(connection);
    }

    private static IReadOnlyList<string> DescribeNew(SqliteSchema schema)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "new.db");
        schema.Prepare($"Data Source={file};Pooling=false", file);
        return Describe(file);
    }

    private static Task<string> ReadScriptAsync(int version) => System.IO.File.ReadAllTextAsync(Path.Combine(Here(), "SqliteSchemas", $"{version}.sql"));

    private static string ScriptFile() => Path.Combine(Here(), "..", "..", "PlaybookBuilder.Core", "Database", "Sqlite", "schema.sql");

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
