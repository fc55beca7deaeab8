using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>A playbook of which every step waits for the one before.</summary>
internal sealed class ChainRow : IRow
{
    private const int Steps = 200;
    private const int Repetitions = 7;

    public string Name => "chain";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var program = await bench.StartAsync(folder);
        var (resolved, id) = await MeasureResolvingAsync(program);
        return [resolved, await MeasureOpeningAsync(bench, new Uri(program.Address, PlaybookApi.Page(id)))];
    }

    private static async Task<(Measurement Measurement, string LastId)> MeasureResolvingAsync(ServedProgram program)
    {
        using var folder = new TemporaryFolder();
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Rows, folder);
        using var client = new LoadClient(program.Address);
        using var yardstickClient = new LoadClient(yardstick.Address);
        var number = 0;
        var lastId = "";
        var timed = await TimedPairs.RunAsync(
            Repetitions,
            () =>
            {
                var document = PlaybookDocuments.Chain(++number, Steps);
                return Timing.OfAsync(async () =>
                {
                    lastId = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, document));
                    await Outputs.GetAsync(client, lastId, PlaybookDocuments.FirstGene(number));
                });
            },
            () => Timing.OfAsync(() => yardstickClient.PostAsync(RowsYardstick.ChainPath(Steps), PlaybookDocuments.ThreeSteps(number))));

        return (new()
        {
            What = $"a {Steps}-step chain: resolved",
            Claims = [Claim.AtMost(Quantity.Seconds(1), timed.Program)],
            Yardstick = new(Quantity.Seconds(timed.Yardstick), timed.Program, $"one request that inserts {Steps} rows into SQLite with a write-ahead log, one after the other, a connection each."),
            Reference = "2.1 s",
            Note = $"POST and GET .../output, one client; median of {Repetitions} after a first that is not counted.",
        }, lastId);
    }

    private static async Task<Measurement> MeasureOpeningAsync(Workbench bench, Uri playbook)
    {
        var what = $"a {Steps}-step chain: opened in the interface";
        if (await bench.FindBrowserAsync() is not { } browser) return Measurement.Unmeasured(what, Workbench.NoBrowser);

        using var folder = new TemporaryFolder();
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Bytes, folder);
        await using var visitor = await browser.NewVisitorAsync();
        var interactive = new List<double>();
        var timed = await TimedPairs.RunAsync(Repetitions,
            async () =>
            {
                var opened = await PageOpening.OfAsync(visitor, playbook, BuilderPage.Complete, BuilderPage.Interactive);
                interactive.Add(opened.Interactive.TotalSeconds);
                return opened.Visible;
            },
            async () => (await PageOpening.OfAsync(visitor, new Uri(yardstick.Address, BytesYardstick.EmptyPagePath), ["#there"], "#there")).Visible);

        return new()
        {
            What = what,
            Claims = [Claim.AtMost(Quantity.Seconds(0.5), timed.Program)],
            Yardstick = new(Quantity.Seconds(timed.Yardstick), timed.Program, "a page of one word in the same browser."),
            Reference = "-",
            Note = $"A new tab, from the navigation to the frame in which the list of steps and the selected step with its result are laid out, by the browser's own clock, static files cached; median of {Repetitions} after a first that is not counted. " +
                $"The page answers to clicks after {interactive.Skip(1).Median():0.00} s.",
        };
    }
}
