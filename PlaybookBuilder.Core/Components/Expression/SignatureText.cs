using PlaybookBuilder.Core.Components.Matrices;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>What all components on signatures say alike.</summary>
internal static class SignatureText
{
    public const string Cutoff =
        "Of the thresholds 0.05, 0.01 and 0.001 on the p-value and on the adjusted p-value, the one was applied that gives numbers of up- and down-regulated genes nearest to 250 each.";

    public static string NameOf(TableFile signature) => signature.Text ?? "signature";

    public static string SignificantGenes(string direction, TableFile signature) => $"Significant {direction} genes from the {NameOf(signature)}";
}
