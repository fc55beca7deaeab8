using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How soon the program answers, and what it takes when nobody asks anything.</summary>
internal sealed class StartRow : IRow
{
    private const int Starts = 5;
    private const double BytesAMegabyte = 1e6;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public string Name => "start";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        var program = new List<Start>();
        var yardstick = new List<Start>();
        for (var start = 0; start < Starts; start++)
        {
            yardstick.Add(await StartAsync(folder => Workbench.StartAsync(YardstickKind.Bytes, folder), "/"));
            program.Add(await StartAsync(folder => bench.StartAsync(folder), PlaybookApi.ExtendPage));
        }

        return [DescribeResponse(Seconds(program), Seconds(yardstick)), DescribeMemory(Megabytes(program), Megabytes(yardstick))];
    }

    private static Measurement DescribeResponse(double program, double yardstick) => new()
    {
        What = "first response after start (published, Release)",
        Claims = [Claim.AtMost(Quantity.Seconds(2), program)],
        Yardstick = new(Quantity.Seconds(yardstick), program, "an empty ASP.NET application, until it answers with nothing."),
        Reference = "1.4-1.8 s",
        Note = $"From the start of the process in an empty directory to the whole of the prerendered {PlaybookApi.ExtendPage}; median of {Starts}.",
    };

    private static Measurement DescribeMemory(double program, double yardstick) => new()
    {
        What = "idle memory",
        Claims = [Claim.AtMost(Quantity.Megabytes(200), program)],
        Yardstick = new(Quantity.Megabytes(yardstick), program, "an empty ASP.NET application."),
        Reference = "180 MB",
        Note = $"Resident memory {Idle.TotalSeconds:0} s after that first response; median of {Starts}.",
    };

    private static async Task<Start> StartAsync(Func<TemporaryFolder, Task<ServedProgram>> startAsync, string path)
    {
        using var folder = new TemporaryFolder();
        await using var program = await startAsync(folder);
        using var client = new LoadClient(program.Address);
        await client.GetAsync(path);
        var answered = program.Age;
        await Task.Delay(Idle);
        return new(answered.TotalSeconds, program.ResidentBytes / BytesAMegabyte);
    }

    private static double Seconds(List<Start> starts) => starts.Select(start => start.Seconds).Median();

    private static double Megabytes(List<Start> starts) => starts.Select(start => start.Megabytes).Median();

    private sealed record Start(double Seconds, double Megabytes);
}
