using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Playbooks taken in by a replica and computed by two workers.</summary>
internal sealed class PostgresOutputRow : IRow
{
    private const int Clients = 8;
    private const int Workers = 2;
    private const int Slots = 4;
    private const double LongestMilliseconds = 200;

    private static readonly string What = $"Postgres: POST, then GET .../output, three local steps, {Clients} clients, a replica and {Workers} workers";

    public string Name => "postgres-output";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        using var folder = new TemporaryFolder();
        var replica = await database.AddReplicaAsync();
        for (var i = 0; i < Workers; i++) await database.AddWorkerAsync(Slots);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Postgres, folder, new Dictionary<string, string> { [PostgresYardstick.Setting] = database.ConnectionString });
        // Three programs have to warm up, each for itself.
        await new LoadGenerator(replica, Clients).RunAsync(3_000, ComputeAsync);
        var (runs, plain) = await SideBySide.RunAsync(new LoadGenerator(replica, Clients), ComputeAsync, new LoadGenerator(yardstick, Clients), KeepAsync);
        return
        [
            new()
            {
                What = What,
                Claims =
                [
                    Claim.AtLeast(Quantity.PerSecond(300), runs.MedianRate()),
                    Claim.AtMost(Quantity.Milliseconds(LongestMilliseconds), runs.MedianP99Milliseconds()).Named("p99"),
                ],
                Yardstick = new(Quantity.PerSecond(plain.MedianRate()), runs.MedianRate(), "the document as one row in the same Postgres, then read again; nothing is computed."),
                Reference = "3.3/s, p50 2.0 s",
                Note = $"The replica computed {runs.MedianProcessorMilliseconds():0.00} ms a playbook, the yardstick {plain.MedianProcessorMilliseconds():0.00} ms, workers and Postgres besides.",
            },
        ];
    }

    public static async Task ComputeAsync(LoadClient client, int number)
    {
        var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.ThreeSteps(number)));
        await Outputs.GetAsync(client, id, PlaybookDocuments.FirstGene(number));
    }

    private static async Task KeepAsync(LoadClient client, int number)
    {
        var id = LoadClient.ReadId(await client.PostAsync(RowsYardstick.Path, PlaybookDocuments.ThreeSteps(number)));
        await client.GetAsync($"{RowsYardstick.Path}/{id}");
    }
}
