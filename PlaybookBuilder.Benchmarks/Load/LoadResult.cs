using System.Diagnostics;

namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>How long a load took, and each of its exchanges.</summary>
internal sealed class LoadResult(TimeSpan elapsed, TimeSpan processorTime, IEnumerable<List<long>> ticksByClient)
{
    private readonly long[] _ticks = [.. ticksByClient.SelectMany(ticks => ticks).Order()];

    public double PerSecond => _ticks.Length / elapsed.TotalSeconds;

    /// <summary>What the server computed for one exchange: it says how much work there is even where other programs take the cores.</summary>
    public TimeSpan ProcessorTimeEach => processorTime / Math.Max(_ticks.Length, 1);

    /// <summary>The time that 99 of 100 exchanges stay within.</summary>
    public TimeSpan P99 => _ticks.Length == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, _ticks[(int)Math.Ceiling(_ticks.Length * 0.99) - 1]);
}
