namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Reads what is known of samples from a text: the first column is the sample, each other column a property. Same dialects as
/// <see cref="CountMatrixReader"/>. Cells are kept as they stand; a sample must not repeat.
/// </summary>
public static class AnnotationsReader
{
    /// <exception cref="MatrixFormatException">The source is not such a table, or too large.</exception>
    public static async Task<Annotations> ReadAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        using var text = await TextContent.OpenAsync(source, options, cancellationToken).ConfigureAwait(false);
        var table = await TableReader.OpenAsync(text, options, cancellationToken).ConfigureAwait(false);
        var columns = table.Columns.Select(_ => new List<string>()).ToArray();
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        var index = new List<string>();

        while (await table.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if ((index.Count + 1L) * columns.Length > options.MaxCells)
                throw new MatrixFormatException($"The table has more than {options.MaxCells:N0} cells, which is the limit here.") { Row = table.Row };
            var label = table.Label;
            if (!rows.TryAdd(label, table.Row))
                throw new MatrixFormatException($"The sample '{MatrixFormatException.Shortened(label)}' stands twice (rows {rows[label]} and {table.Row}).") { Row = table.Row };
            index.Add(label);
            for (var column = 0; column < columns.Length; column++) columns[column].Add(table.Text(column));
        }

        return new Annotations(index, [.. columns.Select((values, i) => new AnnotationColumn(table.Columns[i], values))]);
    }
}
