using System.Diagnostics;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>The bytes of objects over DRS, beside nginx serving the same files.</summary>
internal sealed class DrsDataRow : IRow
{
    private const long Large = 1L << 30;
    private const long Small = 1L << 20;
    private const int SmallFiles = 16;
    private const int Clients = 8;
    private const int Pairs = 5;
    private const double LeastOfYardstick = 0.9;
    private const double BytesAMebibyte = 1 << 20;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    public string Name => "drs-data";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var nginx = await NginxYardstick.StartAsync(folder.Path);
        if (nginx is null) return [Measurement.Unmeasured("DRS download", "nginx is not installed.")];

        await using var program = await bench.StartAsync(folder);
        using var client = new LoadClient(program.Address);
        var large = await PathOfAsync(client, await LargeFile.MakeAsync(folder.Path, "large", Large));
        var (down, plain) = await TimedPairs.RunAsync(Pairs, () => DownloadAsync(program.Address, large), () => DownloadAsync(nginx.Address, "/large"));
        var small = new List<string>();
        for (var number = 0; number < SmallFiles; number++) small.Add(await PathOfAsync(client, await LargeFile.MakeAsync(folder.Path, $"small-{number}", Small)));
        var (rates, plainRates) = (new List<double>(), new List<double>());
        for (var pair = 0; pair <= Pairs; pair++)
        {
            var plainRate = await RateAsync(nginx.Address, number => $"/small-{number % SmallFiles}");
            var rate = await RateAsync(program.Address, number => small[number % SmallFiles]);
            // The first warms up.
            if (pair > 0) (rates, plainRates) = ([.. rates, rate], [.. plainRates, plainRate]);
        }

        return
        [
            new()
            {
                What = "DRS download of 1 GiB",
                Claims = [Claim.AtLeast(new Quantity(LeastOfYardstick * (Large / BytesAMebibyte / plain), " MiB/s"), Large / BytesAMebibyte / down)],
                Yardstick = new(new Quantity(Large / BytesAMebibyte / plain, " MiB/s"), Large / BytesAMebibyte / down, "nginx with sendfile, the same file."),
                Reference = "1.7-2.4 s",
                Note = $"{down:0.00} s, nginx {plain:0.00} s; medians of {Pairs} pairs. The bar is {LeastOfYardstick} of the yardstick.",
            },
            new()
            {
                What = $"DRS download of objects of 1 MiB, {Clients} clients",
                Claims = [Claim.AtLeast(Quantity.PerSecond(LeastOfYardstick * plainRates.Median()), rates.Median())],
                Yardstick = new(Quantity.PerSecond(plainRates.Median()), rates.Median(), "nginx with sendfile, the same files."),
                Reference = "8-9/s",
                Note = $"Medians of {Pairs} times {Duration.TotalSeconds:0} s each. The bar is {LeastOfYardstick} of the yardstick.",
            },
        ];
    }

    private static async Task<string> PathOfAsync(LoadClient client, string file)
    {
        var uploaded = await AirwayRow.UploadAsync(client, file);
        return $"/ga4gh/drs/v1/objects/{$"{uploaded["url"]}".Split('/')[^1]}/access/https/data";
    }

    private static Task<TimeSpan> DownloadAsync(Uri address, string path) => Timing.OfAsync(async () =>
    {
        using var client = new DrainingClient(address);
        if (await client.GetAsync(path) != Large) throw new InvalidDataException("The file is not whole.");
    });

    private static async Task<double> RateAsync(Uri address, Func<int, string> path)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var client = new DrainingClient(address);
            while (Stopwatch.GetElapsedTime(start) < Duration) await client.GetAsync(path(Interlocked.Increment(ref count)));
        })));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
