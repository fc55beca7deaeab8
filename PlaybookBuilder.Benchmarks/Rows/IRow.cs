using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>One row of the bars, which may take several lines of the table.</summary>
internal interface IRow
{
    /// <summary>How <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>Whether it takes so long that it runs only when <c>--only</c> names it.</summary>
    bool IsOnlyWhenNamed => false;

    Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench);
}
