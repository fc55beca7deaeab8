using System.Diagnostics;
using PlaybookBuilder.Benchmarks.Programs;

namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>What one client does over and over; the number is another one each time.</summary>
internal delegate Task Exchange(LoadClient client, int number);

/// <summary>
/// Clients that each send their next request as soon as the last one is answered. They run in this process, so they share the machine's cores with the server;
/// yardsticks are driven by the same code, and bear the same cost.
/// </summary>
internal sealed class LoadGenerator(ServedProgram program, int clients)
{
    private const int ExpectedExchanges = 100_000;

    /// <summary>Numbers never come twice in one run of the benchmarks, so what is sent is always new to the server.</summary>
    private static int _numbers;

    public async Task<LoadResult> RunForAsync(TimeSpan duration, Exchange exchange)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        return await RunAsync(exchange, () => Stopwatch.GetTimestamp() < end);
    }

    public async Task<LoadResult> RunAsync(int count, Exchange exchange)
    {
        var left = count;
        return await RunAsync(exchange, () => Interlocked.Decrement(ref left) >= 0);
    }

    private async Task<LoadResult> RunAsync(Exchange exchange, Func<bool> goesOn)
    {
        var processorTime = program.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => RunClientAsync(exchange, goesOn))));
        return new LoadResult(Stopwatch.GetElapsedTime(start), program.ProcessorTime - processorTime, latencies);
    }

    private async Task<List<long>> RunClientAsync(Exchange exchange, Func<bool> goesOn)
    {
        using var client = new LoadClient(program.Address);
        var latencies = new List<long>(ExpectedExchanges);
        while (goesOn())
        {
            var number = Interlocked.Increment(ref _numbers);
            var sent = Stopwatch.GetTimestamp();
            await exchange(client, number);
            latencies.Add(Stopwatch.GetTimestamp() - sent);
        }

        return latencies;
    }
}
