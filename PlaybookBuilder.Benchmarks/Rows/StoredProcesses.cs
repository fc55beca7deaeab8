using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>A database that holds a million processes and one that holds none, in the same server, to be measured in turn.</summary>
internal sealed class StoredProcesses(SharedDatabase none, SharedDatabase many) : IAsyncDisposable
{
    private const int Processes = 1_000_000;
    private const int Turns = 3;
    private const double MostDifference = 0.2;

    public SharedDatabase None => none;

    public SharedDatabase Many => many;

    public static string Title(string what) => $"Postgres, {Processes:#,##0} stored processes: {what}";

    /// <returns>Null where Postgres is not installed.</returns>
    public static async Task<StoredProcesses?> StartAsync(Workbench bench)
    {
        if (await SharedDatabase.StartAsync(bench) is not { } none) return null;

        var many = await none.AddDatabaseAsync("many");
        await using var connections = many.Connect();
        await ManyProcesses.FillAsync(connections, Processes);
        return new StoredProcesses(none, many);
    }

    /// <summary>Measures both in turn, after a first of each that is not counted.</summary>
    /// <param name="isRate">Whether more is better.</param>
    public static async Task<Measurement> CompareAsync<T>(string what, Quantity unit, bool isRate, T none, T many, Func<T, Task<double>> measureAsync)
    {
        var (few, filled) = (new List<double>(), new List<double>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            few.Add(await measureAsync(none));
            filled.Add(await measureAsync(many));
        }

        var (plain, measured) = (few.Skip(1).Median(), filled.Skip(1).Median());
        var share = isRate ? measured / plain : plain / measured;
        return new()
        {
            What = Title(what),
            Claims = [new($"within {MostDifference * 100:0} % of the figure with none", $"{unit with { Value = measured }}", share >= 1 - MostDifference)],
            Yardstick = new(unit with { Value = plain }, measured, "the same on a database in the same server that holds none."),
            Reference = "-",
            Note = $"Median of {Turns} turns each, in turn, after a first that is not counted: {Write(filled)}, with none {Write(few)}.",
        };
    }

    public async ValueTask DisposeAsync()
    {
        await many.DisposeAsync();
        await none.DisposeAsync();
    }

    private static string Write(IEnumerable<double> figures) => string.Join(", ", figures.Select(Quantity.Number));
}
