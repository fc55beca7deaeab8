using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How much a shared database takes that holds a million processes.</summary>
internal sealed class PostgresMillionRow : IRow
{
    private const int Clients = 8;
    private const int Workers = 2;
    private const int Slots = 5;

    private static readonly TimeSpan ATurn = TimeSpan.FromSeconds(4);

    public string Name => "postgres-million";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var stored = await StoredProcesses.StartAsync(bench);
        if (stored is null) return [Measurement.Unmeasured(StoredProcesses.Title("rates"), Workbench.NoPostgres)];

        var (none, many) = (await Side.StartAsync(stored.None), await Side.StartAsync(stored.Many));
        return
        [
            await CompareAsync("POST, 3 steps with unique input", static side => side.PostAsync()),
            await CompareAsync("POST, then GET .../output", static side => side.ComputeAsync()),
            await CompareAsync("no-op jobs drained", static side => side.DrainAsync()),
        ];

        Task<Measurement> CompareAsync(string what, Func<Side, Task<double>> measureAsync) => StoredProcesses.CompareAsync(what, Quantity.PerSecond(0), isRate: true, none, many, measureAsync);
    }

    /// <summary>A replica and two workers on one of the databases.</summary>
    private sealed class Side(SharedDatabase database, ServedProgram replica, ServedProgram[] workers)
    {
        // Far from the numbers that the loads before it used.
        private int _round = 1_000;

        public static async Task<Side> StartAsync(SharedDatabase database)
        {
            var replica = await database.AddReplicaAsync();
            var workers = new ServedProgram[Workers];
            for (var i = 0; i < Workers; i++) workers[i] = await database.AddWorkerAsync(Slots);
            return new Side(database, replica, workers);
        }

        public async Task<double> PostAsync() =>
            (await new LoadGenerator(replica, Clients).RunForAsync(ATurn, static (client, number) => client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.ThreeSteps(number)))).PerSecond;

        public async Task<double> ComputeAsync() => (await new LoadGenerator(replica, Clients).RunForAsync(ATurn, PostgresOutputRow.ComputeAsync)).PerSecond;

        public async Task<double> DrainAsync()
        {
            await using var connections = database.Connect();
            using var client = new LoadClient(replica.Address);
            return await PostgresDrainRow.DrainAsync(client, workers, connections, _round++);
        }
    }
}
