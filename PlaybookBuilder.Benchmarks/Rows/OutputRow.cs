using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Playbooks taken in and computed, by a program that has few of them and by one that has many.</summary>
internal sealed class OutputRow : IRow
{
    private const int Clients = 8;
    private const int Stored = 10_000;
    private const int Turns = 5;
    private const int WarmUp = 1_000;
    private const int ATurn = 1_500;

    /// <summary>Less than this share of the rate with none stored isn't "the same".</summary>
    private const double SameRate = 0.9;

    public string Name => "output";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var emptyFolder = new TemporaryFolder();
        using var filledFolder = new TemporaryFolder();
        using var yardstickFolder = new TemporaryFolder();
        await using var empty = await bench.StartAsync(emptyFolder);
        await using var filled = await bench.StartAsync(filledFolder);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Rows, yardstickFolder);
        var (emptyLoad, filledLoad, yardstickLoad) = (new LoadGenerator(empty, Clients), new LoadGenerator(filled, Clients), new LoadGenerator(yardstick, Clients));
        await filledLoad.RunAsync(Stored, ComputeAsync);
        await emptyLoad.RunAsync(WarmUp, ComputeAsync);
        await yardstickLoad.RunAsync(WarmUp, KeepAsync);

        // In turn, so that what else the machine does weighs on all of them.
        var (few, many, kept) = (new List<LoadResult>(), new List<LoadResult>(), new List<LoadResult>());
        for (var turn = 0; turn < Turns; turn++)
        {
            kept.Add(await yardstickLoad.RunAsync(ATurn, KeepAsync));
            few.Add(await emptyLoad.RunAsync(ATurn, ComputeAsync));
            many.Add(await filledLoad.RunAsync(ATurn, ComputeAsync));
        }

        var share = few.Zip(many, static (before, after) => after.PerSecond / before.PerSecond).Median();
        return
        [
            Describe("none stored at first", few, kept, []),
            Describe($"at least {Stored:#,##0} stored", many, kept, [new($"at least {SameRate * 100:0}% of the rate with none stored", $"{share * 100:0}% of it", share >= SameRate)]),
        ];
    }

    private static Measurement Describe(string stored, IReadOnlyList<LoadResult> program, IReadOnlyList<LoadResult> yardstick, IReadOnlyList<Claim> more) => new()
    {
        What = $"POST, then GET .../output, three local steps, {Clients} clients, {stored}",
        Claims = [Claim.AtLeast(Quantity.PerSecond(500), program.MedianRate()), .. more],
        Yardstick = new(Quantity.PerSecond(yardstick.MedianRate()), program.MedianRate(), "the document as one row in SQLite, then read again; nothing is computed."),
        Reference = "147/s falling to 6/s, then no answer",
        Note = $"p99 of both requests together {program.MedianP99Milliseconds():0.#} ms; the server computed {program.MedianProcessorMilliseconds():0.00} ms a playbook, the yardstick {yardstick.MedianProcessorMilliseconds():0.00} ms.",
    };

    private static async Task ComputeAsync(LoadClient client, int number)
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
