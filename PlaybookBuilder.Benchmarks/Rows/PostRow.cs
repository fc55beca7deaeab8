using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Playbooks taken in, never the same twice.</summary>
internal sealed class PostRow : IRow
{
    private const int Clients = 8;

    public string Name => "post";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var programFolder = new TemporaryFolder();
        using var yardstickFolder = new TemporaryFolder();
        await using var program = await bench.StartAsync(programFolder);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Rows, yardstickFolder);

        var (programRuns, yardstickRuns) = await SideBySide.RunAsync(
            new LoadGenerator(program, Clients), (client, number) => client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.ThreeSteps(number)),
            new LoadGenerator(yardstick, Clients), (client, number) => client.PostAsync(RowsYardstick.Path, PlaybookDocuments.ThreeSteps(number)));
        var rate = programRuns.MedianRate();
        return
        [
            new()
            {
                What = $"POST {PlaybookApi.Playbooks}, 3 steps with unique input, {Clients} clients, file database",
                Claims = [Claim.AtLeast(Quantity.PerSecond(1_700), rate)],
                Yardstick = new(Quantity.PerSecond(yardstickRuns.MedianRate()), rate, "the same documents, each one row in SQLite with a write-ahead log, a connection a request."),
                Reference = "1,250-1,690/s, in memory only",
                Note = $"p99 {programRuns.MedianP99Milliseconds():0.#} ms, of the yardstick {yardstickRuns.MedianP99Milliseconds():0.#} ms; the server computed {programRuns.MedianProcessorMilliseconds():0.00} ms a playbook, the yardstick {yardstickRuns.MedianProcessorMilliseconds():0.00} ms.",
            },
        ];
    }
}
