using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>A large file to and from a session's worker, beside the same program without a tunnel before it.</summary>
internal sealed class SessionTransferRow : IRow
{
    private const long Size = 1L << 30;
    private const double Mebibytes = Size / (double)(1 << 20);
    private const int Pairs = 5;
    private const double LeastOfYardstick = 0.35;
    private const string Direct = "the same program, asked directly.";

    public string Name => "session-transfer";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        using var directFolder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        await using var direct = await bench.StartAsync(directFolder);
        using var tunnelled = new LoadClient(session.Program.Address);
        using var client = new LoadClient(direct.Address);
        var file = await LargeFile.MakeAsync(folder.Path, "large", Size);
        var (up, plainUp) = await TimedPairs.RunAsync(Pairs, () => UploadAsync(tunnelled, file, session.Prefix), () => UploadAsync(client, file, ""));
        var (there, here) = (await PathOfAsync(tunnelled, file, session.Prefix), await PathOfAsync(client, file, ""));
        var (down, plainDown) = await TimedPairs.RunAsync(Pairs, () => DownloadAsync(session.Program.Address, there), () => DownloadAsync(direct.Address, here));
        return [Share("1 GiB down through the tunnel", down, plainDown), Share("1 GiB up through the tunnel", up, plainUp)];
    }

    private static Measurement Share(string what, double seconds, double plainSeconds) => new()
    {
        What = what,
        Claims = [Claim.AtLeast(new Quantity(LeastOfYardstick * Mebibytes / plainSeconds, " MiB/s"), Mebibytes / seconds)],
        Yardstick = new(new Quantity(Mebibytes / plainSeconds, " MiB/s"), Mebibytes / seconds, Direct),
        Reference = "impossible (1 MB, text only, 5 s)",
        Note = $"{plainSeconds / seconds:0.00} of it; medians of {Pairs} pairs. The bar is {LeastOfYardstick} of the yardstick.",
    };

    private static async Task<TimeSpan> UploadAsync(LoadClient client, string file, string prefix)
    {
        await LargeFile.ChangeAsync(file);
        return await Timing.OfAsync(() => AirwayRow.UploadAsync(client, file, prefix));
    }

    private static async Task<string> PathOfAsync(LoadClient client, string file, string prefix)
    {
        var uploaded = await AirwayRow.UploadAsync(client, file, prefix);
        return $"{prefix}/ga4gh/drs/v1/objects/{$"{uploaded["url"]}".Split('/')[^1]}/access/https/data";
    }

    private static Task<TimeSpan> DownloadAsync(Uri address, string path) => Timing.OfAsync(async () =>
    {
        using var client = new DrainingClient(address);
        if (await client.GetAsync(path) != Size) throw new InvalidDataException("The file is not whole.");
    });
}
