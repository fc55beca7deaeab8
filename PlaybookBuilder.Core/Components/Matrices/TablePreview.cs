using System.Collections.Immutable;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>The corners of a table: of an axis longer than 10 the first and the last five, of others all.</summary>
/// <param name="Shape">Rows and columns of the whole table.</param>
/// <param name="Index">The labels of the rows shown.</param>
/// <param name="Columns">The labels of the columns shown.</param>
/// <param name="Ellipses">For rows and for columns how many are shown before the gap; null where none is left out.</param>
internal sealed record TablePreview(
    ImmutableArray<int> Shape, ImmutableArray<string> Index, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<Cell>> Values, ImmutableArray<int?> Ellipses)
{
    private const int Corner = 5;

    public static TablePreview Of(Matrix matrix) =>
        Of(matrix.RowLabels, matrix.ColumnLabels, Shown(matrix.ColumnCount), (row, column) => Cell.Of(matrix[row, column]));

    /// <summary>All columns are shown.</summary>
    public static TablePreview Of(Annotations table) =>
        Of(table.Index, [.. table.Columns.Select(column => column.Name)], [.. Enumerable.Range(0, table.Columns.Count)], (row, column) => Cell.Of(table.Columns[column].Values[row]));

    /// <summary>All statistics that the signature has are shown.</summary>
    public static TablePreview Of(Signature signature)
    {
        (string Name, IReadOnlyList<double>? Values)[] all = [("t", signature.T), ("LogFC", signature.LogFC), ("Pval", signature.Pval), ("AdjPval", signature.AdjPval)];
        var present = all.Where(column => column.Values is not null).ToArray();
        return Of(signature.Genes, [.. present.Select(column => column.Name)], [.. Enumerable.Range(0, present.Length)], (row, column) => Cell.Of(present[column].Values![row]));
    }

    private static TablePreview Of(IReadOnlyList<string> index, IReadOnlyList<string> columns, ImmutableArray<int> shownColumns, Func<int, int, Cell> cell)
    {
        var rows = Shown(index.Count);
        return new TablePreview(
            [index.Count, columns.Count],
            [.. rows.Select(row => index[row])],
            [.. shownColumns.Select(column => columns[column])],
            [.. rows.Select(row => shownColumns.Select(column => cell(row, column)).ToImmutableArray())],
            [Gap(rows.Length, index.Count), Gap(shownColumns.Length, columns.Count)]);
    }

    private static ImmutableArray<int> Shown(int length) =>
        length <= 2 * Corner ? [.. Enumerable.Range(0, length)] : [.. Enumerable.Range(0, Corner), .. Enumerable.Range(length - Corner, Corner)];

    private static int? Gap(int shown, int length) => shown < length ? Corner : null;
}
