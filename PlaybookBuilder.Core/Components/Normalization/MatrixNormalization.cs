using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Normalization;

/// <summary>Makes the values of a matrix comparable. The result notes what was done, so that no later step does it again.</summary>
/// <remarks>Annotations of samples stay. Genes that are left out are counted in a note; where none remains the process fails.</remarks>
internal abstract class MatrixNormalization(IPlaybookFiles files, string change) : Resolver<MatrixNormalization.Inputs, GeneCountMatrix>
{
    public sealed record Inputs(GeneCountMatrix Matrix);

    protected static Figure Source => Figure.Of(nameof(Inputs.Matrix));

    /// <exception cref="MatrixValueException">The values are not such that this can be done.</exception>
    protected abstract NormalizedMatrix Normalize(Matrix matrix);

    protected sealed override async Task<GeneCountMatrix> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var data = await files.ReadAsync(inputs.Matrix, progress, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        progress.Info("Normalizing");
        var result = NormalizeOrFail(data.Matrix);
        if (result.Matrix.RowCount == 0) throw new ProcessFailedException($"No gene remains. {string.Join(' ', Notes(result))}");

        return await files.CreateAsync<GeneCountMatrix>(new AnnData(result.Matrix, data.Samples), inputs.Matrix, change, [.. Notes(result)], progress, cancellationToken).ConfigureAwait(false);
    }

    private NormalizedMatrix NormalizeOrFail(Matrix matrix)
    {
        try
        {
            return Normalize(matrix);
        }
        catch (MatrixValueException exception)
        {
            throw new ProcessFailedException(exception.Message, exception);
        }
    }

    private static IEnumerable<string> Notes(NormalizedMatrix result)
    {
        if (result.GenesWithMissingValues > 0) yield return $"Left out because a value is missing: {Noun.Count<Gene>(result.GenesWithMissingValues)}.";
        if (result.ConstantGenes > 0) yield return $"Left out because all samples have the same value: {Noun.Count<Gene>(result.ConstantGenes)}.";
    }
}
