using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>One row of the bars, which may take several lines of the table.</summary>
internal interface IRow
{
    /// <summary>How <c>--only</c> calls it.</summary>
    string Name { get; }

    Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench);
}
