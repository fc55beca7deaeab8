using System.Text;
using System.Text.RegularExpressions;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>The catalogue's page, prerendered for visitors who have not connected yet.</summary>
internal sealed partial class ExtendPageRow : IRow
{
    private const int Clients = 8;

    /// <summary>Fewer would not be the catalogue: there are 13 primitives to start from.</summary>
    private const int FewestCards = 13;

    public string Name => "extend";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var programFolder = new TemporaryFolder();
        using var yardstickFolder = new TemporaryFolder();
        await using var program = await bench.StartAsync(programFolder);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Bytes, yardstickFolder);
        var page = await ReadPageAsync(program);
        var size = Encoding.UTF8.GetByteCount(page);

        var (programRuns, yardstickRuns) = await SideBySide.RunAsync(
            new LoadGenerator(program, Clients), (client, _) => client.GetAsync(PlaybookApi.ExtendPage),
            new LoadGenerator(yardstick, Clients), (client, _) => client.GetAsync(BytesYardstick.BytesPath(size)));
        return [Describe(programRuns, yardstickRuns, size, Card().Count(page))];
    }

    private static Measurement Describe(IReadOnlyList<LoadResult> program, IReadOnlyList<LoadResult> yardstick, int size, int cards) => new()
    {
        What = $"GET {PlaybookApi.ExtendPage}, prerendered with the real catalogue, {Clients} clients",
        Claims =
        [
            Claim.AtLeast(Quantity.PerSecond(600), program.MedianRate()),
            Claim.AtMost(Quantity.Milliseconds(40), program.MedianP99Milliseconds()).Named("p99"),
            new("the cards in the HTML", $"{cards} cards", cards >= FewestCards),
        ],
        Yardstick = new(Quantity.PerSecond(yardstick.MedianRate()), program.MedianRate(), $"an endpoint that answers with {size:#,##0} bytes, as many as the page has; p99 {yardstick.MedianP99Milliseconds():0.#} ms."),
        Reference = "592/s for an empty shell",
        Note = $"The server computed {program.MedianProcessorMilliseconds():0.00} ms a page.",
    };

    private static async Task<string> ReadPageAsync(ServedProgram program)
    {
        using var client = new LoadClient(program.Address);
        return Encoding.UTF8.GetString((await client.GetAsync(PlaybookApi.ExtendPage)).Span);
    }

    [GeneratedRegex("""class="pb-card[ "]""")]
    private static partial Regex Card();
}
