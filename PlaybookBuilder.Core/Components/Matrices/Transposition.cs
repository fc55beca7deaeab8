using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Swaps rows and columns, for a matrix whose file has samples as rows: what was taken for samples becomes genes, and the other way round.</summary>
/// <remarks>Samples have names of their own, so a matrix in which gene names repeat is refused. Annotations of the samples, which would become those of genes, are kept as such.</remarks>
internal sealed class Transposition(IPlaybookFiles files) : Resolver<Transposition.Inputs, GeneCountMatrix>
{
    public sealed record Inputs(GeneCountMatrix File);

    public override Description Description { get; } = new("Transpose", "Transpose", "Swap the rows and columns of a matrix, so that its samples become its genes and its genes its samples");

    protected override async Task<GeneCountMatrix> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var data = await files.ReadAsync(inputs.File, progress, cancellationToken).ConfigureAwait(false);
        if (data.Matrix.DuplicateRowLabels > 0)
            throw new ProcessFailedException(FormattableString.Invariant($"The rows would become samples, whose names must differ, but names repeat (rows with the name of an earlier one: {data.Matrix.DuplicateRowLabels:N0})."));

        var transposed = new AnnData(Transposed(data.Matrix), samples: data.Genes, genes: data.Samples);
        return await files.CreateAsync<GeneCountMatrix>(transposed, inputs.File, "transposed", [], progress, cancellationToken).ConfigureAwait(false);
    }

    protected override Story Tell(Inputs? inputs, GeneCountMatrix? output) => new()
    {
        Abstract = "The matrix was transposed.",
        Methods = $"The rows of {Figure.Of(nameof(Inputs.File))} became columns, and its columns rows.",
        TableLegend = $"The transpose of {Figure.Of(nameof(Inputs.File))}: rows are genes, columns are samples.",
    };

    private static Matrix Transposed(Matrix matrix)
    {
        var values = new double[matrix.Values.Length];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var source = matrix.Row(row);
            for (var column = 0; column < source.Length; column++) values[(column * matrix.RowCount) + row] = source[column];
        }
        return new Matrix(matrix.ColumnLabels, matrix.RowLabels, values, matrix.Scale);
    }
}
