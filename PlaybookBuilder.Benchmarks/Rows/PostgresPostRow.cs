using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Playbooks taken in by a replica on Postgres.</summary>
internal sealed class PostgresPostRow : IRow
{
    private const int Clients = 8;

    private static readonly string What = $"Postgres: POST {PlaybookApi.Playbooks}, 3 steps with unique input, {Clients} clients";

    public string Name => "postgres-post";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        using var folder = new TemporaryFolder();
        var replica = await database.AddReplicaAsync();
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Postgres, folder, new Dictionary<string, string> { [PostgresYardstick.Setting] = database.ConnectionString });
        var (runs, plain) = await SideBySide.RunAsync(
            new LoadGenerator(replica, Clients), (client, number) => client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.ThreeSteps(number)),
            new LoadGenerator(yardstick, Clients), (client, number) => client.PostAsync(RowsYardstick.Path, PlaybookDocuments.ThreeSteps(number)));
        return
        [
            new()
            {
                What = What,
                Claims = [Claim.AtLeast(Quantity.PerSecond(1_500), runs.MedianRate())],
                Yardstick = new(Quantity.PerSecond(plain.MedianRate()), runs.MedianRate(), "the same documents, each one row in the same Postgres, with a pool and prepared statements."),
                Reference = "168/s",
                Note = $"p99 {runs.MedianP99Milliseconds():0.#} ms, of the yardstick {plain.MedianP99Milliseconds():0.#} ms; the server computed {runs.MedianProcessorMilliseconds():0.00} ms a playbook, the yardstick {plain.MedianProcessorMilliseconds():0.00} ms, Postgres besides.",
            },
        ];
    }
}
