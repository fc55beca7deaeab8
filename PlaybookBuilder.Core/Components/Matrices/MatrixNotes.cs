using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Sentences on what is unusual about a matrix.</summary>
internal static class MatrixNotes
{
    public static IEnumerable<string> Of(Matrix matrix)
    {
        if (matrix.DuplicateRowLabels > 0)
            yield return FormattableString.Invariant($"Rows with the name of an earlier row: {matrix.DuplicateRowLabels:N0}. All rows are kept.");
        var missing = CountNaN(matrix.Values);
        if (missing > 0)
            yield return FormattableString.Invariant($"Missing values: {missing:N0} of {matrix.Values.Length:N0}.");
        if (matrix.Scale.Equals(MatrixScale.AsGiven))
            yield return "The values are no counts (some are below zero, or the file says so) and are taken as they are.";
    }

    private static int CountNaN(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value)) count++;
        }
        return count;
    }
}
