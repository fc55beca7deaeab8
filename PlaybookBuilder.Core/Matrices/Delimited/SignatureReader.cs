namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Reads a differential expression signature: the first column is the gene, the statistics are found by the names of their columns,
/// other columns are passed over. Same dialects as <see cref="CountMatrixReader"/>.
/// </summary>
public static class SignatureReader
{
    /// <exception cref="MatrixFormatException">The source is not such a table, or too large.</exception>
    public static async Task<Signature> ReadAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        using var text = await TextContent.OpenAsync(source, options, cancellationToken).ConfigureAwait(false);
        var table = await TableReader.OpenAsync(text, options, cancellationToken).ConfigureAwait(false);
        var columns = SignatureColumns.Of(table.Columns);
        var genes = new List<string>();
        var t = new Statistic(columns.T);
        var logFC = new Statistic(columns.LogFC);
        var pval = new Statistic(columns.Pval);
        var adjPval = new Statistic(columns.AdjPval);

        while (await table.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (genes.Count >= options.MaxCells) throw new MatrixFormatException($"The signature has more than {options.MaxCells:N0} genes, which is the limit here.") { Row = table.Row };
            genes.Add(table.Label);
            t.Take(table);
            logFC.Take(table);
            pval.TakeProbability(table);
            adjPval.TakeProbability(table);
        }

        return new Signature { Genes = genes, T = t.Values, LogFC = logFC.Values, Pval = pval.Values, AdjPval = adjPval.Values };
    }

    private sealed class Statistic(int? column)
    {
        public List<double>? Values { get; } = column is null ? null : [];

        public void Take(TableReader table)
        {
            if (column is { } index) Values?.Add(table.Number(index));
        }

        public void TakeProbability(TableReader table)
        {
            Take(table);
            if (column is { } index && Values is [.., < 0 or > 1])
                throw new MatrixFormatException($"Row {table.Row} ('{MatrixFormatException.Shortened(table.Label)}'), column '{table.Columns[index]}': {table.Text(index)} is not a probability between 0 and 1.") { Row = table.Row, Column = table.Columns[index] };
        }
    }
}
