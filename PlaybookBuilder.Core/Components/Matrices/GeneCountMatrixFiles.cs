using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>A file with counts of genes (rows) in samples (columns): CSV, TSV or other separated text, packed with gzip or not, or AnnData (.h5ad).</summary>
/// <remarks>
/// Genes may repeat and values may be missing: both are kept and noted. Samples may not repeat. Values below zero mean that these are no counts, which is noted. A file without genes or without
/// samples is refused.
/// </remarks>
internal sealed class GeneCountMatrixKind(IPlaybookFiles files) : FileKind<GeneCountMatrix>
{
    public override Description Upload { get; } = new("GeneCountMatrixFileUpload", "Upload a Gene Count Matrix", "Start with a file of gene counts: CSV, TSV or TXT, also gzipped, or H5AD") { PageRank = 5 };

    public override Description FromFile { get; } = new("GeneCountMatrixFromFile", "Resolve a Gene Count Matrix from a File", "Check that a file holds a gene count matrix and take it as one");

    public override string Content => "a gene count matrix";

    public override async Task<GeneCountMatrix> ReadAsync(FileUrl file, Progress progress, CancellationToken cancellationToken)
    {
        var matrix = (await files.ReadAsync(file, MatrixReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false)).Matrix;
        MatrixChecks.RefuseEmpty(matrix, file);
        string[] notes = [.. MatrixNotes.Of(matrix)];
        foreach (var note in notes) progress.Warn(note);
        return MatrixFile.Of<GeneCountMatrix>(file, matrix, notes);
    }

    public override Story Tell(GeneCountMatrix? output) => new()
    {
        TableLegend = output is null
            ? "A gene count matrix: rows are genes, columns are samples, values are the reads counted for each."
            : $"A gene count matrix of {output.ShapeInText()}: rows are genes, columns are samples ({output.ScaleInText()}).{output.NotesInText()}",
    };
}

/// <inheritdoc cref="GeneCountMatrixKind"/>
internal sealed class GeneCountMatrixUpload(IPlaybookFiles files) : FileUpload<GeneCountMatrix>(new GeneCountMatrixKind(files)), IExampleFile
{
    public string ExampleFile => "counts.csv";
}

/// <inheritdoc cref="GeneCountMatrixKind"/>
internal sealed class GeneCountMatrixFromFile(IPlaybookFiles files) : FromFile<GeneCountMatrix>(new GeneCountMatrixKind(files));
