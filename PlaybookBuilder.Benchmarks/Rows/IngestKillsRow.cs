using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Tests.Files.Kills;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Uploads to a program that is killed again and again, on both databases. What the test suite does with few kills.</summary>
internal sealed class IngestKillsRow : IRow
{
    private const int Kills = 250;
    private const int BetweenReports = 25;

    private const string Secret = "a-secret-of-the-benchmarks-that-is-long-enough";

    public string Name => "ingest-kills";

    public bool IsOnlyWhenNamed => true;

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        var embedded = await RunEmbeddedAsync(bench);
        return [Describe("embedded database", embedded), await RunPostgresAsync(bench) is { } shared ? Describe("Postgres", shared) : Measurement.Unmeasured(What("Postgres"), Workbench.NoPostgres)];
    }

    private static async Task<IngestKillsOutcome> RunEmbeddedAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.Path, "data", "playbook.db"), Pooling = false }.ToString();
        return await RunAsync(bench, folder, [], () => new SqliteConnection(connection), static (column, seconds) => $"{column} - {seconds * 1000}");
    }

    private static async Task<IngestKillsOutcome?> RunPostgresAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return null;

        using var folder = new TemporaryFolder();
        var connection = $"{database.PlaybooksConnectionString};Pooling=false";
        return await RunAsync(bench, folder, [("DATABASE_URL", database.Url), ("APP_SECRET", Secret), ("AUTH_LOCAL_USER", "true")], () => new NpgsqlConnection(connection), static (column, seconds) => $"{column} - interval '{seconds} seconds'");
    }

    private static Task<IngestKillsOutcome> RunAsync(Workbench bench, TemporaryFolder folder, (string Name, string Value)[] settings, Func<DbConnection> connect, Func<string, long, string> ago)
    {
        var all = new Dictionary<string, string> { ["N_WORKERS"] = "1", ["RATE_LIMIT"] = "0", ["RATE_LIMIT_RUN"] = "0" };
        foreach (var (name, value) in settings) all[name] = value;
        var server = new KilledServer(
            async () =>
            {
                var program = await bench.StartAsync(folder, all);
                return (program.Address, async () => await program.DisposeAsync());
            },
            Path.Combine(folder.Path, "data", "ufs"),
            connect,
            ago);
        return new IngestKills(server).RunAsync(Kills, Random.Shared.Next(), static kill =>
        {
            if (kill % BetweenReports == 0) Console.Error.WriteLine($"Killed {kill} times.");
        });
    }

    private static Measurement Describe(string database, IngestKillsOutcome outcome)
    {
        foreach (var fault in outcome.Faults) Console.Error.WriteLine(fault);
        return new()
        {
            What = What(database),
            Claims = [new("nothing lost, wrong or left", $"{outcome.Faults.Count} faults", outcome.Faults.Count == 0)],
            Yardstick = new(new Quantity(outcome.Answered, " uploads"), outcome.Answered, "uploads that were answered, each read again and hashed."),
            Reference = "-",
            Note = $"{outcome.Lost:#,##0} requests got no answer, {outcome.Resumed:#,##0} times a resumable upload went on after a break. The kills left {outcome.Left.Orphans} contents without a record, {outcome.Left.Temporary} unfinished writes, {outcome.Left.Parts} parts and " +
                $"{outcome.Left.Unfinished} whole resumable uploads that were no files yet; all of it was cleaned up or completed.",
        };
    }

    private static string What(string database) => $"{Kills} kills (SIGKILL) during uploads, whole and resumable, {database}";
}
