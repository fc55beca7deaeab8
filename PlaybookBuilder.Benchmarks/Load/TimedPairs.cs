using System.Diagnostics;

namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>The seconds that single pieces of work take, each beside its yardstick.</summary>
internal static class TimedPairs
{
    /// <summary>Repeats both in turn after a first that is not counted.</summary>
    /// <returns>The medians, in seconds.</returns>
    public static async Task<(double Program, double Yardstick)> RunAsync(int repetitions, Func<Task> workAsync, Func<Task> yardstickAsync)
    {
        await yardstickAsync();
        await workAsync();
        var program = new List<double>();
        var yardstick = new List<double>();
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            yardstick.Add(await TimeAsync(yardstickAsync));
            program.Add(await TimeAsync(workAsync));
        }

        return (program.Median(), yardstick.Median());
    }

    private static async Task<double> TimeAsync(Func<Task> workAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await workAsync();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
