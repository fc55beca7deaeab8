using System.Globalization;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What DRS says of objects, of which many are stored in Postgres.</summary>
internal sealed class DrsMetadataRow : IRow
{
    private const int Clients = 8;
    private const int Objects = 100_000;

    private static readonly string What = $"DRS metadata, {Clients} clients, Postgres, {Objects:#,##0} objects stored";

    public string Name => "drs-metadata";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        using var folder = new TemporaryFolder();
        var replica = await database.AddReplicaAsync();
        await FillAsync(database);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Postgres, folder, new Dictionary<string, string> { [PostgresYardstick.Setting] = database.ConnectionString });
        var row = await KeepAsync(yardstick, replica);
        var (runs, plain) = await SideBySide.RunAsync(
            new LoadGenerator(replica, Clients), (client, number) => client.GetAsync(PathOf(number % Objects)),
            new LoadGenerator(yardstick, Clients), (client, _) => client.GetAsync($"{RowsYardstick.Path}/{row}"));
        return
        [
            new()
            {
                What = What,
                Claims = [Claim.AtLeast(Quantity.PerSecond(5_000), runs.MedianRate())],
                Yardstick = new(Quantity.PerSecond(plain.MedianRate()), runs.MedianRate(), "the same document as the text of one row, read by its key from the same Postgres."),
                Reference = "1,245/s, falling with the number",
                Note = $"p99 {runs.MedianP99Milliseconds():0.#} ms, of the yardstick {plain.MedianP99Milliseconds():0.#} ms; the server computed {runs.MedianProcessorMilliseconds():0.00} ms an object, the yardstick {plain.MedianProcessorMilliseconds():0.00} ms.",
            },
        ];
    }

    private static string PathOf(int number) => string.Create(CultureInfo.InvariantCulture, $"/ga4gh/drs/v1/objects/object{number}");

    private static async Task FillAsync(SharedDatabase database)
    {
        await using var source = database.Connect();
        await using var fill = source.CreateCommand($"""
            INSERT INTO upload (id, sha256, size, filename, user_id, created, sharing)
            SELECT 'object' || i, encode(sha256(i::text::bytea), 'hex'), i, 'counts-' || i || '.csv', NULL, now(), 0 FROM generate_series(0, {Objects - 1}) AS row (i)
            """);
        await fill.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("VACUUM ANALYZE upload");
        await analyze.ExecuteNonQueryAsync();
    }

    /// <returns>The id of the row that holds what the product answers.</returns>
    private static async Task<Guid> KeepAsync(ServedProgram yardstick, ServedProgram replica)
    {
        using var asking = new LoadClient(replica.Address);
        using var keeping = new LoadClient(yardstick.Address);
        var document = (await asking.GetAsync(PathOf(1))).ToArray();
        return Guid.Parse(LoadClient.ReadId(await keeping.PostAsync(RowsYardstick.Path, document)));
    }
}
