using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Expression of genes in samples, with what is known of the samples, in an AnnData file (.h5ad).</summary>
public sealed record AnnDataMatrix : MatrixFile, IData
{
    public static DataDescription Description { get; } = new("AnnData", "Annotated data", "A file with the counts of genes in samples and annotations of the samples") { Type = "Gene", Cardinality = "Matrix" };
}
