using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices.Hdf;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>An AnnData file (.h5ad): observations are samples, variables are genes. X may be dense or sparse.</summary>
/// <remarks>Genes may repeat, samples may not; missing values are kept and noted; a file without genes or without samples is refused. A file without annotations is taken.</remarks>
internal sealed class AnnDataKind(IPlaybookFiles files) : FileKind<AnnDataMatrix>
{
    public override Description Upload { get; } = new("AnnDataFileUpload", "Upload an AnnData Matrix File", "Start with a file of annotated gene counts: H5AD");

    public override Description FromFile { get; } = new("AnnDataFromFile", "Resolve an AnnData Matrix from a File", "Check that a file holds an AnnData matrix and take it as one");

    public override string Content => "an AnnData matrix";

    public override async Task<AnnDataMatrix> ReadAsync(FileUrl file, Progress progress, CancellationToken cancellationToken)
    {
        var data = await files.ReadAsync(file, AnnDataReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        MatrixChecks.RefuseEmpty(data.Matrix, file);
        string[] notes = [.. MatrixNotes.Of(data.Matrix)];
        foreach (var note in notes) progress.Warn(note);
        return MatrixFile.Of<AnnDataMatrix>(file, data.Matrix, notes);
    }

    public override Story Tell(AnnDataMatrix? output) => new()
    {
        Introduction = AnnDataStory.Introduction,
        TableLegend = output is null
            ? "An annotated matrix: rows are genes, columns are samples."
            : $"An annotated matrix of {output.ShapeInText()}: rows are genes, columns are samples ({output.ScaleInText()}).{output.NotesInText()}",
    };
}

/// <inheritdoc cref="AnnDataKind"/>
internal sealed class AnnDataUpload(IPlaybookFiles files) : FileUpload<AnnDataMatrix>(new AnnDataKind(files));

/// <inheritdoc cref="AnnDataKind"/>
internal sealed class AnnDataFromFile(IPlaybookFiles files) : FromFile<AnnDataMatrix>(new AnnDataKind(files));
