using System.Globalization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>
/// Which genes of a signature count as significant: those below the threshold, out of 0.05, 0.01 and 0.001 on the p-value and on the adjusted p-value, that gives numbers of up- and down-regulated genes nearest to
/// 250 each.
/// </summary>
/// <remarks>The distance is |up - 250| + |down - 250|; of equal ones the adjusted p-value comes first, then the smaller threshold. Where no threshold will do it is 0.05 on the p-value (on the adjusted one where there is no other).</remarks>
/// <param name="Column">The column's name.</param>
/// <param name="PValues">That column.</param>
/// <param name="Threshold">Significant is what is below it.</param>
internal sealed record SignificanceCutoff(string Column, IReadOnlyList<double> PValues, double Threshold)
{
    private const int Wanted = 250;
    private const double Default = 0.05;

    private static readonly double[] Thresholds = [0.001, 0.01, 0.05];

    /// <param name="needsBoth">Whether only thresholds are candidates that leave genes in both directions.</param>
    /// <exception cref="ProcessFailedException">The signature has no fold changes, or no p-values.</exception>
    public static SignificanceCutoff Of(Signature signature, bool needsBoth)
    {
        var changes = signature.LogFC ?? throw SignatureNeeds.FoldChange();
        (string Name, IReadOnlyList<double>? Values)[] columns = [("AdjPval", signature.AdjPval), ("Pval", signature.Pval)];
        var candidates = (from column in columns
                          where column.Values is not null
                          from threshold in Thresholds
                          let cutoff = new SignificanceCutoff(column.Name, column.Values, threshold)
                          let found = cutoff.Count(changes)
                          where needsBoth ? found.Up > 0 && found.Down > 0 : found.Up + found.Down > 0
                          select (Cutoff: cutoff, Distance: Math.Abs(found.Up - Wanted) + Math.Abs(found.Down - Wanted))).ToArray();
        if (candidates.Length > 0) return candidates.MinBy(candidate => candidate.Distance).Cutoff;

        return signature switch
        {
            { Pval: { } pval } => new SignificanceCutoff("Pval", pval, Default),
            { AdjPval: { } adjPval } => new SignificanceCutoff("AdjPval", adjPval, Default),
            _ => throw SignatureNeeds.PValue(),
        };
    }

    public bool IsSignificant(int gene) => PValues[gene] < Threshold;

    /// <summary>"Pval &lt; 0.05".</summary>
    public override string ToString() => $"{Column} < {Threshold.ToString(CultureInfo.InvariantCulture)}";

    private (int Up, int Down) Count(IReadOnlyList<double> changes)
    {
        var (up, down) = (0, 0);
        for (var gene = 0; gene < changes.Count; gene++)
        {
            if (!IsSignificant(gene)) continue;
            if (changes[gene] > 0) up++;
            else if (changes[gene] < 0) down++;
        }
        return (up, down);
    }
}
