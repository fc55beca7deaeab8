using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Reads a table with a header line and a label at the beginning of each row. The header may begin with a cell over the row
/// labels (empty or not) or, as R's <c>write.table</c> writes it, lack that cell.
/// </summary>
internal sealed class TableReader
{
    private readonly RecordReader _records;
    private bool _atFirstRow = true;

    private TableReader(RecordReader records, IReadOnlyList<string> columns)
    {
        _records = records;
        Columns = columns;
    }

    /// <summary>The labels of the columns, without the one of the row labels; none is empty, none repeats.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of the current row as a spreadsheet shows it.</summary>
    public long Row => _records.Row;

    public string Label => _records.Text(0);

    /// <exception cref="MatrixFormatException">There is no such table.</exception>
    public static async Task<TableReader> OpenAsync(Stream text, ReadOptions options, CancellationToken cancellationToken)
    {
        var records = await RecordReader.OpenAsync(text, delimiter: null, quotes: true, options, cancellationToken).ConfigureAwait(false);
        if (!await ReadFilledAsync(records, cancellationToken).ConfigureAwait(false)) throw new MatrixFormatException("The file has no text.");

        var headerRow = records.Row;
        var header = Enumerable.Range(0, records.FieldCount).Select(records.Text).ToArray();
        if (!await ReadFilledAsync(records, cancellationToken).ConfigureAwait(false)) throw new MatrixFormatException("The file has a header, but no rows.");

        return new TableReader(records, ColumnsOf(header, headerRow, records.FieldCount));
    }

    /// <summary>Goes to the next row that is not blank. False at the end.</summary>
    /// <exception cref="MatrixFormatException">The row is shorter or longer than the header.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_atFirstRow && !await ReadFilledAsync(_records, cancellationToken).ConfigureAwait(false)) return false;
        _atFirstRow = false;
        return _records.FieldCount == Columns.Count + 1
            ? true
            : throw new MatrixFormatException($"Row {Row} ('{MatrixFormatException.Shortened(Label)}') has {_records.FieldCount} cells where {Columns.Count + 1} are expected.") { Row = Row };
    }

    /// <summary>All cells of the row as numbers.</summary>
    /// <exception cref="MatrixFormatException">A cell is neither a number nor a missing value.</exception>
    // A process may read one file only: too few rows for the run-time to find out by itself that this is worth compiling well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyNumbersTo(Span<double> row)
    {
        for (var column = 0; column < row.Length; column++) row[column] = Number(column);
    }

    public string Text(int column) => _records.Text(column + 1);

    /// <exception cref="MatrixFormatException">The cell is neither a number nor a missing value.</exception>
    public double Number(int column) =>
        Numbers.TryParse(_records[column + 1], out var value) ? value : throw MatrixFormatException.NotANumber(Row, Label, Columns[column], Text(column));

    private static async ValueTask<bool> ReadFilledAsync(RecordReader records, CancellationToken cancellationToken)
    {
        while (await records.ReadAsync(cancellationToken).ConfigureAwait(false))
            if (!records.IsBlank) return true;
        return false;
    }

    private static string[] ColumnsOf(string[] header, long headerRow, int rowLength)
    {
        var withoutCorner = rowLength == header.Length + 1;
        if (!withoutCorner && rowLength != header.Length)
            throw new MatrixFormatException($"The header has {header.Length} cells, but the first row after it has {rowLength}.") { Row = headerRow };

        var columns = withoutCorner ? header : header[1..];
        if (columns.Length == 0)
            throw new MatrixFormatException("The file has only one column. Its cells should be separated by commas, tabs or semicolons.") { Row = headerRow };

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            var number = i + (withoutCorner ? 1 : 2);
            if (columns[i].Length == 0)
                throw new MatrixFormatException($"The header has no name for column {number} (a delimiter too many at the end of the line?).") { Row = headerRow };
            if (!seen.TryAdd(columns[i], number))
                throw new MatrixFormatException($"The column name '{MatrixFormatException.Shortened(columns[i])}' stands twice in the header (columns {seen[columns[i]]} and {number}).") { Row = headerRow, Column = columns[i] };
        }
        return columns;
    }
}
