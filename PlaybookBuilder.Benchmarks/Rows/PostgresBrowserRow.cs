using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How soon what is submitted at one replica stands in a browser at another.</summary>
internal sealed class PostgresBrowserRow : IRow
{
    private const int Samples = 200;
    private const int WarmUp = 10;
    private const int Slots = 4;
    private const string What = "Postgres: submit to result visible in another replica's browser, idle system";

    public string Name => "postgres-browser";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        if (await bench.FindBrowserAsync() is not { } browser) return [Measurement.Unmeasured(What, Workbench.NoBrowser)];
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        var plain = await MeasureYardstickAsync(browser, database);
        var (asked, shown) = (await database.AddReplicaAsync(), await database.AddReplicaAsync());
        await database.AddWorkerAsync(Slots);
        await using var page = await SharedPage.OpenAsync(browser, asked, shown, number: 1);
        var times = await RepeatAsync(page.SubmitAsync);
        return
        [
            new()
            {
                What = What,
                Claims = [Claim.AtMost(Quantity.Milliseconds(10), times.Median()).Named("p50"), Claim.AtMost(Quantity.Milliseconds(50), times.Percentile(0.99)).Named("p99")],
                Yardstick = new(Quantity.Milliseconds(plain.Median()), times.Median(), $"a number posted to one plain server, kept as a row and notified of, heard by another and shown by its page over a web socket; p99 {plain.Percentile(0.99):0.#} ms."),
                Reference = "p50 2-4 s",
                Note = $"{Samples} samples, from sending the request to a replica until a MutationObserver in the page at the other sees the result; a worker process computes it. Slowest {times.Max():0.#} ms.",
            },
        ];
    }

    /// <summary>Milliseconds of each sample, after some that are not counted.</summary>
    private static async Task<List<double>> RepeatAsync(Func<Task<TimeSpan>> sample)
    {
        for (var i = 0; i < WarmUp; i++) await sample();
        var times = new List<double>();
        for (var i = 0; i < Samples; i++) times.Add((await sample()).TotalMilliseconds);
        return times;
    }

    private static async Task<List<double>> MeasureYardstickAsync(Browser browser, SharedDatabase database)
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string> { [PostgresYardstick.Setting] = database.ConnectionString };
        await using var asked = await Workbench.StartAsync(YardstickKind.Live, folder, settings);
        await using var shown = await Workbench.StartAsync(YardstickKind.Live, folder, settings);
        using var client = new LoadClient(asked.Address);
        await using var visitor = await browser.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(new Uri(shown.Address, LiveYardstick.PagePath).ToString());
        await page.Locator("html[data-open]").WaitForAsync();
        var number = 0;
        return await RepeatAsync(() =>
        {
            number++;
            return Appearance.AfterAsync(page, $"#n{number}", () => client.PostAsync(LiveYardstick.NumberPath(number), []));
        });
    }
}
