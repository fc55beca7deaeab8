using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Expression of genes in samples.</summary>
public sealed record GeneCountMatrix : MatrixFile, IData
{
    public static DataDescription Description { get; } = new("GeneCountMatrix", "Gene Count Matrix", "A file with the counts of genes in samples") { Type = "Gene", Cardinality = "Matrix" };
}
