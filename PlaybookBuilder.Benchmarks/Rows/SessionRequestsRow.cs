using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Small requests to a session's worker, beside the same program without a tunnel before it.</summary>
internal sealed class SessionRequestsRow : IRow
{
    private const int Clients = 32;
    private const double LeastOfYardstick = 0.25;
    private const string Path = "/ga4gh/drs/v1/service-info";
    private static readonly TimeSpan SlowestP99 = TimeSpan.FromMilliseconds(10);

    public string Name => "session-requests";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        using var directFolder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        await using var direct = await bench.StartAsync(directFolder);
        var (through, plain) = await SideBySide.RunAsync(
            new LoadGenerator(session.Program, Clients),
            (client, _) => client.GetAsync(session.Prefix + Path),
            new LoadGenerator(direct, Clients),
            static (client, _) => client.GetAsync(Path));
        var (rate, plainRate) = (through.MedianRate(), plain.MedianRate());
        var p99 = through.MedianP99Milliseconds();
        return
        [
            new()
            {
                What = $"small requests through the tunnel, {Clients} clients",
                Claims = [Claim.AtLeast(Quantity.PerSecond(LeastOfYardstick * plainRate), rate), Claim.AtMost(Quantity.Milliseconds(SlowestP99.TotalMilliseconds), p99).Named("p99")],
                Yardstick = new(Quantity.PerSecond(plainRate), rate, "the same program, asked directly."),
                Reference = "-",
                Note = $"{rate / plainRate:0.00} of it. The bar is {LeastOfYardstick} of the yardstick; the clients share the machine's cores with both sides.",
            },
        ];
    }
}
