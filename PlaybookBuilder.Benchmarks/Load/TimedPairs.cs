namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>How long single pieces of work take, each beside its yardstick.</summary>
internal static class TimedPairs
{
    /// <summary>Repeats both in turn after a first that is not counted.</summary>
    /// <param name="timedAsync">Works, and tells how long it took.</param>
    /// <returns>The medians, in seconds.</returns>
    public static async Task<(double Program, double Yardstick)> RunAsync(int repetitions, Func<Task<TimeSpan>> timedAsync, Func<Task<TimeSpan>> timedYardstickAsync)
    {
        await timedYardstickAsync();
        await timedAsync();
        var program = new List<double>();
        var yardstick = new List<double>();
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            yardstick.Add((await timedYardstickAsync()).TotalSeconds);
            program.Add((await timedAsync()).TotalSeconds);
        }

        return (program.Median(), yardstick.Median());
    }
}
