namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>Runs a load and its yardstick in turn, so that what else the machine does weighs on both.</summary>
internal static class SideBySide
{
    private const int Turns = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static async Task<(IReadOnlyList<LoadResult> Program, IReadOnlyList<LoadResult> Yardstick)> RunAsync(
        LoadGenerator program, Exchange exchange, LoadGenerator yardstick, Exchange yardstickExchange)
    {
        await yardstick.RunForAsync(WarmUp, yardstickExchange);
        await program.RunForAsync(WarmUp, exchange);
        var programRuns = new List<LoadResult>();
        var yardstickRuns = new List<LoadResult>();
        for (var turn = 0; turn < Turns; turn++)
        {
            yardstickRuns.Add(await yardstick.RunForAsync(Duration, yardstickExchange));
            programRuns.Add(await program.RunForAsync(Duration, exchange));
        }

        return (programRuns, yardstickRuns);
    }
}
