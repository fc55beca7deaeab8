using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>A file with a differential expression signature: the first column names the gene; LogFC, Pval and AdjPval are found by the names that the common programs give them.</summary>
/// <remarks>One of the three is enough here; a step that needs another one says so. Genes may repeat, values may be missing: such genes are never significant.</remarks>
internal sealed class GeneSignatureKind(IPlaybookFiles files) : FileKind<GeneSignature>
{
    public override Description Upload { get; } = new("GeneSigFileUpload", "Upload a Gene Signature", "Start with a table of genes, their fold changes and significance: CSV, TSV or TXT, also gzipped");

    public override Description FromFile { get; } = new("GeneSigFromFile", "Resolve a Gene Signature from a File", "Check that a file holds a gene signature and take it as one");

    public override string Content => "a gene signature";

    public override async Task<GeneSignature> ReadAsync(FileUrl file, Progress progress, CancellationToken cancellationToken)
    {
        var signature = await files.ReadAsync(file, SignatureReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        var repeated = signature.Count - signature.Genes.Distinct(StringComparer.Ordinal).Count();
        string[] notes = repeated == 0 ? [] : [FormattableString.Invariant($"Rows with the name of an earlier row: {repeated:N0}. All rows are kept.")];
        foreach (var note in notes) progress.Warn(note);
        return TableFile.Of<GeneSignature>(file, TablePreview.Of(signature), notes);
    }

    public override Story Tell(GeneSignature? output) => new()
    {
        Introduction = "A signature says of each gene how much its expression differs between two conditions, and how surely.",
        TableLegend = output is null ? "A gene signature: rows are genes, columns are statistics." : FormattableString.Invariant($"A gene signature of {output.Shape[0]:N0} rows, a gene each; columns are statistics.{output.NotesInText()}"),
    };
}

/// <inheritdoc cref="GeneSignatureKind"/>
internal sealed class GeneSignatureUpload(IPlaybookFiles files) : FileUpload<GeneSignature>(new GeneSignatureKind(files)), IExampleFile
{
    public string ExampleFile => "signature.tsv";
}

/// <inheritdoc cref="GeneSignatureKind"/>
internal sealed class GeneSignatureFromFile(IPlaybookFiles files) : FromFile<GeneSignature>(new GeneSignatureKind(files));
