using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Expression;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>Where a gene stands in a volcano plot.</summary>
/// <param name="Direction">1 or -1 for a gene that is significantly and strongly up- or down-regulated, else 0.</param>
/// <param name="IsCapped">Whether its p-value is 0, so that it would stand infinitely high.</param>
internal sealed record VolcanoPoint(string Gene, double Change, double Height, double PValue, double? AdjustedPValue, int Direction, bool IsCapped);

/// <summary>The genes of a signature that a volcano plot shows.</summary>
/// <param name="Points">In the order of the signature.</param>
/// <param name="Undrawn">How many genes lack a number.</param>
internal sealed record VolcanoPoints(IReadOnlyList<VolcanoPoint> Points, int Undrawn)
{
    public const double SignificantBelow = 0.05;
    public const double LargeAbove = 1.5;

    private const double RoomAbove = 1.05;

    /// <summary>How high genes stand whose p-value is 0 where no gene has another: beyond the smallest double.</summary>
    private const double HighestLogarithm = 324;

    public int Capped => Points.Count(static point => point.IsCapped);

    /// <exception cref="ProcessFailedException">A column is missing, or no gene can be drawn.</exception>
    public static VolcanoPoints Of(Signature signature)
    {
        var changes = signature.LogFC ?? throw SignatureNeeds.FoldChange();
        var pValues = signature.Pval ?? throw new ProcessFailedException("The signature has no p-values that are not adjusted. Add a column Pval, and upload it again.");
        int[] drawable = [.. Enumerable.Range(0, signature.Count).Where(gene => double.IsFinite(changes[gene]) && !double.IsNaN(pValues[gene]))];
        if (drawable.Length == 0) throw new ProcessFailedException("No gene of the signature has both a fold change and a p-value, so there is nothing to draw.");

        var highest = drawable.Where(gene => pValues[gene] > 0).Select(gene => -Math.Log10(pValues[gene])).DefaultIfEmpty(HighestLogarithm).Max();
        var cap = Math.Max(highest, 1) * RoomAbove;
        return new VolcanoPoints(
            [.. drawable.Select(gene => new VolcanoPoint(
                signature.Genes[gene],
                changes[gene],
                pValues[gene] > 0 ? Math.Abs(Math.Log10(pValues[gene])) : cap,
                pValues[gene],
                signature.AdjPval?[gene],
                DirectionOf(changes[gene], pValues[gene]),
                pValues[gene] == 0))],
            signature.Count - drawable.Length);
    }

    private static int DirectionOf(double change, double pValue) => pValue < SignificantBelow && Math.Abs(change) > LargeAbove ? Math.Sign(change) : 0;
}
