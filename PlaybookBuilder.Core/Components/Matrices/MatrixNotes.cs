using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Sentences on what is unusual about a matrix.</summary>
internal static class MatrixNotes
{
    public static IEnumerable<string> Of(Matrix matrix)
    {
        if (matrix.DuplicateRowLabels > 0)
            yield return FormattableString.Invariant($"Rows with the name of an earlier row: {matrix.DuplicateRowLabels:N0}. All rows are kept.");
        var (missing, infinite) = CountNotFinite(matrix.Values);
        if (missing > 0)
            yield return FormattableString.Invariant($"Missing values: {missing:N0} of {matrix.Values.Length:N0}.");
        if (infinite > 0)
            yield return FormattableString.Invariant($"Infinite values, which count as missing in computations: {infinite:N0} of {matrix.Values.Length:N0}.");
        if (matrix.Scale.Equals(MatrixScale.AsGiven))
            yield return "The values are no counts (some are below zero, or the file says so) and are taken as they are.";
    }

    private static (int Missing, int Infinite) CountNotFinite(ReadOnlySpan<double> values)
    {
        var (missing, infinite) = (0, 0);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) missing++;
            else if (double.IsInfinity(value)) infinite++;
        }
        return (missing, infinite);
    }
}
