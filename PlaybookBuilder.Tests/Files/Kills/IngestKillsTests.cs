using Microsoft.Data.Sqlite;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files.Kills;

/// <summary>Some kills; the row <c>ingest-kills</c> of the benchmarks has many.</summary>
public sealed class IngestKillsTests(PostgresServer server)
{
    private const int Kills = 10;

    [Fact]
    public async Task Uploads_ToAKilledProgramOnTheEmbeddedDatabase_AreWholeOrNotThere()
    {
        using var folder = new TemporaryFolder();
        var database = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.Path, "data", "playbook.db"), Pooling = false }.ToString();
        await RunAsync(new KilledServer(() => StartAsync(folder, []), Path.Combine(folder.Path, "data", "ufs"), () => new SqliteConnection(database), static (column, seconds) => $"{column} - {seconds * 1000}"));
    }

    [Fact]
    public async Task Uploads_ToAKilledProgramOnPostgres_AreWholeOrNotThere()
    {
        using var folder = new TemporaryFolder();
        var url = await server.NewDatabaseAsync();
        (string Name, string Value)[] settings = [("DATABASE_URL", url), ("APP_SECRET", "a-secret-of-the-tests-that-is-long-enough"), ("AUTH_LOCAL_USER", "true")];
        var connection = $"{PostgresUrl.ToSingle(url)};Pooling=false";
        await RunAsync(new KilledServer(() => StartAsync(folder, settings), Path.Combine(folder.Path, "data", "ufs"), () => new Npgsql.NpgsqlConnection(connection), static (column, seconds) => $"{column} - interval '{seconds} seconds'"));
    }

    private static async Task RunAsync(KilledServer killed)
    {
        var outcome = await new IngestKills(killed).RunAsync(Kills, seed: 17);

        Assert.True(outcome.Faults.Count == 0, string.Join('\n', outcome.Faults));
        Assert.Equal(Kills, outcome.Kills);
        Assert.True(outcome is { Answered: > 0, Lost: > 0 }, $"{outcome}");
    }

    private static async Task<(Uri Address, Func<Task> Kill)> StartAsync(TemporaryFolder folder, (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["N_WORKERS"] = "1", ["RATE_LIMIT"] = "0", ["RATE_LIMIT_RUN"] = "0" };
        foreach (var (name, value) in settings) all[name] = value;
        var program = await PublishedProgram.StartAsync(folder, settings: all);
        return (program.Address, async () => await program.DisposeAsync());
    }
}
