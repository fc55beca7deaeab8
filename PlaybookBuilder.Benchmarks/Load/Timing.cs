using System.Diagnostics;

namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>A stopwatch round a piece of work.</summary>
internal static class Timing
{
    public static async Task<TimeSpan> OfAsync(Func<Task> workAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await workAsync();
        return Stopwatch.GetElapsedTime(start);
    }
}
