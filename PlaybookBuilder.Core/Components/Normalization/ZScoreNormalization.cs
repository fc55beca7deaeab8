using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Normalization;

/// <summary>The z-score of each gene over the samples, with the standard deviation of the population.</summary>
/// <remarks>Genes with a missing value, and genes that are the same in all samples (so all genes of one sample), are left out.</remarks>
internal sealed class ZScoreNormalization(IPlaybookFiles files) : MatrixNormalization(files, "zscore")
{
    public override Description Description { get; } = new("ZScoreNormalizeGeneCountMatrix", "Z Score Normalize A Gene Count Matrix", "Take the z-score of each gene over the samples of a gene count matrix");

    protected override NormalizedMatrix Normalize(Matrix matrix) => Statistics.Normalization.ZScore(matrix);

    protected override Story Tell(Inputs? inputs, GeneCountMatrix? output) => new()
    {
        Abstract = "The gene counts were z-score normalized.",
        Introduction = "The z-score says by how many standard deviations a gene's value in a sample differs from its mean, which makes genes of different expression comparable.",
        Methods = $"Of each gene of {Source}, the mean over the samples was subtracted and the difference divided by the standard deviation (of the population); genes with missing values and constant genes were left out.",
        TableLegend = $"The z-scores of the genes of {Source} over the samples: rows are genes, columns are samples.{output?.NotesInText()}",
    };
}
