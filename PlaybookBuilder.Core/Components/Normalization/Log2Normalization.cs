using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Normalization;

/// <summary>log2(x+1) of every value.</summary>
/// <remarks>Missing values stay missing. Values below zero, and values whose logarithm was taken before, are refused.</remarks>
internal sealed class Log2Normalization(IPlaybookFiles files) : MatrixNormalization(files, "log2")
{
    public override Description Description { get; } = new("LogNormalizeGeneCountMatrix", "Log Normalize A Gene Count Matrix", "Take log2(x+1) of every value of a gene count matrix");

    protected override NormalizedMatrix Normalize(Matrix matrix) => matrix.Scale.Applied.Contains(MatrixTransformation.Log2)
        ? throw new ProcessFailedException($"The values are logarithms already ({matrix.Scale}).")
        : new NormalizedMatrix(Statistics.Normalization.Log2(matrix), 0, 0);

    protected override Story Tell(Inputs? inputs, GeneCountMatrix? output) => new()
    {
        Abstract = "The gene counts were log2 normalized.",
        Introduction = "Highly expressed genes vary more than others; on a logarithmic scale the variance is more even over the levels of expression.",
        Methods = $"Every value x of {Source} was replaced by log2(x+1).",
        TableLegend = $"The values of {Source} as log2(x+1): rows are genes, columns are samples.{output?.NotesInText()}",
    };
}
