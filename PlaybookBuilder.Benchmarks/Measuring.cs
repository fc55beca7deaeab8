using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Rows;

namespace PlaybookBuilder.Benchmarks;

/// <summary>Runs the rows one after the other.</summary>
internal static class Measuring
{
    /// <param name="only">The names of the rows to run, or none for all.</param>
    public static async Task<IReadOnlyList<Measurement>> RunAsync(Workbench bench, IReadOnlyCollection<string> only)
    {
        var measurements = new List<Measurement>();
        foreach (var row in AllRows.InOrder)
        {
            if (only.Count > 0 ? !only.Contains(row.Name) : row.IsOnlyWhenNamed) continue;

            Console.Error.WriteLine($"Measuring {row.Name} ...");
            measurements.AddRange(await MeasureAsync(row, bench));
        }

        return measurements;
    }

    private static async Task<IReadOnlyList<Measurement>> MeasureAsync(IRow row, Workbench bench)
    {
        try
        {
            return await row.MeasureAsync(bench);
        }
        catch (Exception exception)
        {
            // One row that can't be measured doesn't cost the others, and the table says why.
            Console.Error.WriteLine(exception);
            return [Measurement.Unmeasured(row.Name, exception.Message)];
        }
    }
}
