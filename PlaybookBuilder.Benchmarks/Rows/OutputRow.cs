using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Playbooks taken in and computed, with few and with many stored already.</summary>
internal sealed class OutputRow : IRow
{
    private const int Clients = 8;
    private const int Stored = 10_000;

    /// <summary>Less than this share of the rate with none stored isn't "the same".</summary>
    private const double SameRate = 0.9;

    public string Name => "output";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var programFolder = new TemporaryFolder();
        using var yardstickFolder = new TemporaryFolder();
        await using var program = await bench.StartAsync(programFolder);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Rows, yardstickFolder);
        var programLoad = new LoadGenerator(program, Clients);
        var yardstickLoad = new LoadGenerator(yardstick, Clients);

        var (few, fewYardstick) = await SideBySide.RunAsync(programLoad, ComputeAsync, yardstickLoad, KeepAsync);
        await programLoad.RunAsync(Stored, ComputeAsync);
        await yardstickLoad.RunAsync(Stored, KeepAsync);
        var (many, manyYardstick) = await SideBySide.RunAsync(programLoad, ComputeAsync, yardstickLoad, KeepAsync);

        var kept = many.MedianRate() / few.MedianRate();
        return
        [
            Describe("none stored at first", few, fewYardstick, []),
            Describe($"at least {Stored:#,##0} stored", many, manyYardstick, [new($"at least {SameRate * 100:0}% of the rate with none stored", $"{kept * 100:0}% of it", kept >= SameRate)]),
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
