using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>The sum of all values of each sample.</summary>
/// <param name="Samples">The labels of the samples.</param>
/// <param name="Totals">One sum a sample.</param>
/// <param name="MissingValues">How many values were missing or infinite and so are in no sum.</param>
public sealed record LibrarySizes(IReadOnlyList<string> Samples, IReadOnlyList<double> Totals, int MissingValues)
{
    public static LibrarySizes Of(Matrix matrix)
    {
        var totals = new double[matrix.ColumnCount];
        var missing = 0;
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var values = matrix.Row(row);
            for (var column = 0; column < totals.Length; column++)
            {
                if (!double.IsFinite(values[column])) missing++;
                else totals[column] += values[column];
            }
        }
        return new LibrarySizes(matrix.ColumnLabels, totals, missing);
    }
}
