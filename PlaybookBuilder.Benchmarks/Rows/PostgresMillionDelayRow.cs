using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How quick a shared database is that holds a million processes.</summary>
internal sealed class PostgresMillionDelayRow : IRow
{
    private const int Samples = 20;
    private const int Slots = 4;

    public string Name => "postgres-million-delay";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        if (await bench.FindBrowserAsync() is not { } browser) return [Measurement.Unmeasured(StoredProcesses.Title("delays"), Workbench.NoBrowser)];
        await using var stored = await StoredProcesses.StartAsync(bench);
        if (stored is null) return [Measurement.Unmeasured(StoredProcesses.Title("delays"), Workbench.NoPostgres)];

        // Each kill wants programs of its own, so this comes before the others are started.
        var killed = await StoredProcesses.CompareAsync("kill -9 of a worker: its job runs again elsewhere after", Quantity.Seconds(0), isRate: false, stored.None, stored.Many, KillAsync);
        await using var none = await OpenAsync(browser, stored.None);
        await using var many = await OpenAsync(browser, stored.Many);
        return [killed, await StoredProcesses.CompareAsync("submit to result visible in another replica's browser, p50", Quantity.Milliseconds(0), isRate: false, none, many, ShowAsync)];
    }

    private static async Task<double> KillAsync(SharedDatabase database)
    {
        var (again, _) = await PostgresKillRow.KillAsync(database);
        await database.EndProgramsAsync();
        return again.TotalSeconds;
    }

    private static async Task<SharedPage> OpenAsync(Browser browser, SharedDatabase database)
    {
        var (asked, shown) = (await database.AddReplicaAsync(), await database.AddReplicaAsync());
        await database.AddWorkerAsync(Slots);
        return await SharedPage.OpenAsync(browser, asked, shown, number: 1);
    }

    private static async Task<double> ShowAsync(SharedPage page)
    {
        var times = new List<double>();
        for (var i = 0; i < Samples; i++) times.Add((await page.SubmitAsync()).TotalMilliseconds);
        return times.Median();
    }
}
