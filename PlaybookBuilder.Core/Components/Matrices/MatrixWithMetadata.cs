using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Joins what is known of samples to their counts, by the names of the samples.</summary>
/// <remarks>
/// Order does not matter. A sample without metadata stays, with empty annotations; metadata of other samples is left out; both are noted. Where no name matches, the process fails. What the file of the counts says of
/// its samples stays, unless the metadata has something else there.
/// </remarks>
internal sealed class MatrixWithMetadata(IPlaybookFiles files) : Resolver<MatrixWithMetadata.Inputs, AnnDataMatrix>
{
    public sealed record Inputs([Argument("gene_count_matrix")] GeneCountMatrix Counts, [Argument("metadata_matrix")] MetadataMatrix Metadata);

    public override Description Description { get; } = new(
        "AnnDataFromGeneCountMatrixAndMetadataMatrix", "Resolve an AnnData Matrix", "Join a gene count matrix and the metadata of its samples to one annotated matrix");

    protected override async Task<AnnDataMatrix> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var metadata = await files.ReadAsync(inputs.Metadata.File, AnnotationsReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        var data = await files.ReadAsync(inputs.Counts, progress, cancellationToken).ConfigureAwait(false);
        var aligned = metadata.AlignedTo(data.Matrix.ColumnLabels, out var missing);
        if (missing.Count == data.Matrix.ColumnCount)
        {
            throw new ProcessFailedException(
                $"No sample of {inputs.Counts.Filename} ({TermList.Enumerate(data.Matrix.ColumnLabels)}) stands in the first column of {inputs.Metadata.Filename} ({TermList.Enumerate(metadata.Index)}). Both must name the samples alike.");
        }

        var joined = new AnnData(data.Matrix, Joined(data.Samples, aligned), data.Genes);
        return await files.CreateAsync<AnnDataMatrix>(joined, inputs.Counts, "annotated", [.. Notes(metadata, data.Matrix, missing)], progress, cancellationToken).ConfigureAwait(false);
    }

    protected override Story Tell(Inputs? inputs, AnnDataMatrix? output) => new()
    {
        Abstract = "The gene counts were joined with the metadata of their samples.",
        Introduction = AnnDataStory.Introduction,
        Methods = $"{Figure.Of(nameof(Inputs.Metadata))} was joined to {Figure.Of(nameof(Inputs.Counts))} by the names of the samples, as AnnData {Literature.AnnData}.",
        TableLegend = $"The matrix of {Figure.Of(nameof(Inputs.Counts))}, annotated with {Figure.Of(nameof(Inputs.Metadata))}: rows are genes, columns are samples.{output?.NotesInText()}",
    };

    private static Annotations Joined(Annotations known, Annotations added)
    {
        foreach (var column in added.Columns)
        {
            var before = known.Find(column.Name)?.Values;
            known = known.With(column.Name, [.. column.Values.Select((value, sample) => value.Length > 0 ? value : before?[sample] ?? "")]);
        }
        return known;
    }

    private static IEnumerable<string> Notes(Annotations metadata, Matrix matrix, IReadOnlyList<string> missing)
    {
        if (missing.Count > 0) yield return FormattableString.Invariant($"Samples without metadata: {missing.Count:N0} of {matrix.ColumnCount:N0} ({TermList.Enumerate(missing)}).");

        var samples = matrix.ColumnLabels.ToHashSet(StringComparer.Ordinal);
        string[] others = [.. metadata.Index.Where(label => !samples.Contains(label))];
        if (others.Length > 0) yield return FormattableString.Invariant($"Rows of the metadata that are of no sample in the matrix: {others.Length:N0} ({TermList.Enumerate(others)}).");
    }
}
