using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>What is said to somebody whose signature lacks a column.</summary>
internal static class SignatureNeeds
{
    public static ProcessFailedException FoldChange() => new("The signature has no log2 fold changes. Add a column LogFC, and upload it again.");

    public static ProcessFailedException PValue() => new("The signature has no p-values. Add a column Pval or AdjPval, and upload it again.");
}
