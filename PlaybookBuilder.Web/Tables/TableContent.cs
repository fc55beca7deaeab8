using System.Globalization;

namespace PlaybookBuilder.Web.Tables;

/// <summary>A table of any size: cells are read when they are shown, sorted or written.</summary>
public sealed record TableContent(int RowCount, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>The size as people read it: 1,200 rows × 2 columns.</summary>
    public string Shape => $"{Count(RowCount, "row")} × {Count(Columns.Count, "column")}";

    /// <summary>A table with one column of text.</summary>
    public static TableContent OfList(string name, IReadOnlyList<string> values) => new(values.Count, [new TableColumn(name, row => values[row])]);

    public static string Count(int number, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {thing}{(number == 1 ? "" : "s")}");
}
