using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>What is known of samples: a row a sample, a column a property.</summary>
public sealed record MetadataMatrix : TableFile, IData
{
    public static DataDescription Description { get; } = new("MetadataMatrix", "Class Metadata of a Gene Count Matrix", "A file with what is known of the samples of a gene count matrix") { Type = "File", Cardinality = "Matrix" };
}
