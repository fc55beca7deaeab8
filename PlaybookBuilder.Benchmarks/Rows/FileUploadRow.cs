using System.Diagnostics;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>A large file taken in, beside hashing and copying it by the system's own tools; and what many at once take in memory.</summary>
internal sealed class FileUploadRow : IRow
{
    private const long Size = 1L << 30;
    private const int Pairs = 5;
    private const int AtOnce = 8;
    private const long SizeOfEach = 256L << 20;
    private const double MostOfYardstick = 1.15;
    private const double BytesAMegabyte = 1e6;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public string Name => "file-upload";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var program = await bench.StartAsync(folder);
        using var client = new LoadClient(program.Address);
        await client.GetAsync(PlaybookApi.ExtendPage);
        var file = await LargeFile.MakeAsync(folder.Path, "large", Size);
        var (uploaded, plain) = await TimedPairs.RunAsync(
            Pairs,
            async () =>
            {
                await LargeFile.ChangeAsync(file);
                return await Timing.OfAsync(() => AirwayRow.UploadAsync(client, file));
            },
            () => Timing.OfAsync(() => HashAndCopyAsync(file, folder.Path)));
        File.Delete(file);
        var (idle, most) = await MeasureMemoryAsync(program, folder.Path);
        return
        [
            new()
            {
                What = "upload of 1 GiB to local storage",
                Claims = [Claim.AtMost(Quantity.Seconds(MostOfYardstick * plain), uploaded)],
                Yardstick = new(Quantity.Seconds(plain), uploaded, "openssl dgst -sha256, then dd conv=fsync of the same file."),
                Reference = "6.2-6.6 s",
                Note = $"Multipart over HTTP on the same machine, new content each time; medians of {Pairs} pairs. The bar is {MostOfYardstick} of the yardstick.",
            },
            new()
            {
                What = $"memory while {AtOnce} uploads run",
                Claims = [Claim.AtMost(Quantity.Megabytes(100), most - idle)],
                Yardstick = new(Quantity.Megabytes(idle), most - idle, "the same program before, when nobody asks for anything."),
                Reference = "-",
                Note = $"Resident memory beyond that, at its highest, looked at every {BetweenLooks.TotalMilliseconds:0} ms; {SizeOfEach >> 20} MiB each.",
            },
        ];
    }

    private static async Task<(double Idle, double Most)> MeasureMemoryAsync(ServedProgram program, string folder)
    {
        var files = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => LargeFile.MakeAsync(folder, $"each-{number}", SizeOfEach)));
        var (idle, most) = (program.ResidentBytes, 0L);
        var uploads = Task.WhenAll(files.Select(file => Task.Run(async () =>
        {
            using var client = new LoadClient(program.Address);
            await AirwayRow.UploadAsync(client, file);
        })));
        while (!uploads.IsCompleted)
        {
            most = Math.Max(most, program.ResidentBytes);
            await Task.Delay(BetweenLooks);
        }

        await uploads;
        return (idle / BytesAMegabyte, most / BytesAMegabyte);
    }

    private static async Task HashAndCopyAsync(string file, string folder)
    {
        await RunAsync("openssl", "dgst", "-sha256", file);
        await RunAsync("dd", $"if={file}", $"of={Path.Combine(folder, "copy")}", "bs=1M", "conv=fsync", "status=none");
        File.Delete(Path.Combine(folder, "copy"));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
