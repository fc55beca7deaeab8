using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Normalization;

/// <summary>Brings all samples to the same distribution of values.</summary>
/// <remarks>Values that are tied within a sample get the mean of the quantiles they share. Genes with a missing value are left out. A single sample stays as it is.</remarks>
internal sealed class QuantileNormalization(IPlaybookFiles files) : MatrixNormalization(files, "quantile")
{
    public override Description Description { get; } = new("QuantileNormalizeGeneCountMatrix", "Quantile Normalize A Gene Count Matrix", "Bring all samples of a gene count matrix to the same distribution of values");

    protected override NormalizedMatrix Normalize(Matrix matrix) => Statistics.Normalization.Quantile(matrix);

    protected override Story Tell(Inputs? inputs, GeneCountMatrix? output) => new()
    {
        Abstract = "The gene counts were quantile normalized.",
        Introduction = $"Quantile normalization removes differences between the distributions of samples that come from the measurement {Literature.QuantileNormalization}; where groups differ in many genes, it may remove a part of that difference too {Literature.QuantileNormalizationInPractice}.",
        Methods = $"All samples of {Source} together were given the same distribution: the k-th smallest value of each became the mean of the k-th smallest values of all, tied values the mean of what they share {Literature.QuantileNormalization}.",
        TableLegend = $"The quantile normalized values of {Source}: rows are genes, columns are samples.{output?.NotesInText()}",
    };
}
