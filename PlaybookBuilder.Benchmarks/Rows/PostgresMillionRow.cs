using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>The figures of a shared database that holds a million processes, beside those of one that holds none: measured in turn, in the same server.</summary>
internal sealed class PostgresMillionRow : IRow
{
    private const int Processes = 1_000_000;
    private const int Clients = 8;
    private const int WorkersEach = 2;
    private const int Slots = 5;
    private const int Turns = 3;
    private const int Samples = 40;
    private const double Within = 0.2;

    private static readonly TimeSpan ATurn = TimeSpan.FromSeconds(4);

    public string Name => "postgres-million";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        if (await bench.FindBrowserAsync() is not { } browser) return [Measurement.Unmeasured(Title("figures"), Workbench.NoBrowser)];
        await using var none = await SharedDatabase.StartAsync(bench);
        if (none is null) return [Measurement.Unmeasured(Title("figures"), Workbench.NoPostgres)];

        await using var many = await none.AddDatabaseAsync("many");
        await using (var connections = many.Connect()) await ManyProcesses.FillAsync(connections, Processes);
        var killed = await MeasureKillsAsync(none, many);
        await using var empty = await Side.StartAsync(none, browser);
        await using var filled = await Side.StartAsync(many, browser);
        return
        [
            Describe("POST", await CompareAsync(empty, filled, static side => side.PostAsync()), Quantity.PerSecond(0), isRate: true),
            Describe("POST, then output", await CompareAsync(empty, filled, static side => side.ComputeAsync()), Quantity.PerSecond(0), isRate: true),
            Describe("jobs drained", await CompareAsync(empty, filled, static side => side.DrainAsync()), Quantity.PerSecond(0), isRate: true),
            Describe("submit to result in another replica's browser, p50", await CompareAsync(empty, filled, static side => side.ShowAsync()), Quantity.Milliseconds(0), isRate: false),
            Describe("kill -9 of a worker: its job runs again after", killed, Quantity.Seconds(0), isRate: false),
        ];
    }

    private static string Title(string what) => $"Postgres, {Processes:#,##0} stored processes: {what}";

    private static Measurement Describe(string what, (double Empty, double Filled) figures, Quantity unit, bool isRate)
    {
        var share = isRate ? figures.Filled / figures.Empty : figures.Empty / figures.Filled;
        return new()
        {
            What = Title(what),
            Claims = [new("within 20 % of the figure with none stored", $"{unit with { Value = figures.Filled }}", share >= 1 - Within)],
            Yardstick = new(unit with { Value = figures.Empty }, figures.Filled, "the same on a database in the same server that holds none, measured in turn."),
            Reference = "-",
            Note = $"Median of {Turns} turns each.",
        };
    }

    /// <summary>Measures both in turn, after a first of each that is not counted.</summary>
    private static async Task<(double Empty, double Filled)> CompareAsync<T>(T empty, T filled, Func<T, Task<double>> measureAsync)
    {
        var (few, many) = (new List<double>(), new List<double>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            few.Add(await measureAsync(empty));
            many.Add(await measureAsync(filled));
        }

        return (few.Skip(1).Median(), many.Skip(1).Median());
    }

    // Each kill wants programs of its own, so this comes before the others are started.
    private static async Task<(double Empty, double Filled)> MeasureKillsAsync(SharedDatabase none, SharedDatabase many)
    {
        var (few, filled) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            few.Add((await PostgresKillRow.KillAsync(none)).Again.TotalSeconds);
            await none.EndProgramsAsync();
            filled.Add((await PostgresKillRow.KillAsync(many)).Again.TotalSeconds);
            await many.EndProgramsAsync();
        }

        return (few.Median(), filled.Median());
    }

    /// <summary>Two replicas and two workers on one of the databases.</summary>
    private sealed class Side(SharedDatabase database, ServedProgram replica, ServedProgram[] workers, SharedPage page) : IAsyncDisposable
    {
        // Far from the numbers that the loads before it used.
        private int _round = 1_000;

        public static async Task<Side> StartAsync(SharedDatabase database, Browser browser)
        {
            var (asked, shown) = (await database.AddReplicaAsync(), await database.AddReplicaAsync());
            var workers = new ServedProgram[WorkersEach];
            for (var i = 0; i < WorkersEach; i++) workers[i] = await database.AddWorkerAsync(Slots);
            return new Side(database, asked, workers, await SharedPage.OpenAsync(browser, asked, shown, number: -1));
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

        public async Task<double> ShowAsync()
        {
            var times = new List<double>();
            for (var i = 0; i < Samples; i++) times.Add((await page.SubmitAsync()).TotalMilliseconds);
            return times.Median();
        }

        public ValueTask DisposeAsync() => page.DisposeAsync();
    }
}
