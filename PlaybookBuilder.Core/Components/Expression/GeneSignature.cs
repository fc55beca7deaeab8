using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>How genes differ in expression between two conditions: a row a gene, with at least one of LogFC, Pval and AdjPval.</summary>
public sealed record GeneSignature : TableFile, IData
{
    public static DataDescription Description { get; } = new("GeneSignature", "Gene Signature", "A file with the change of each gene's expression and its significance") { Type = "Gene", Cardinality = "Signature" };
}
