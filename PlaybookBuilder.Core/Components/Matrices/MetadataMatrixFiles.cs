using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>A file with what is known of samples: the first column names the sample, the others are properties. CSV, TSV or other separated text, packed with gzip or not.</summary>
/// <remarks>Samples may not repeat. Cells may be empty, and columns may have any number of values: whatever compares two groups finds or asks for them itself.</remarks>
internal sealed class MetadataMatrixKind(IPlaybookFiles files) : FileKind<MetadataMatrix>
{
    public override Description Upload { get; } = new("MetadataMatrixFileUpload", "Upload a Metadata Matrix", "Start with a file that describes samples: CSV, TSV or TXT, also gzipped");

    public override Description FromFile { get; } = new("MetadataMatrixFromFile", "Resolve a Metadata Matrix from a File", "Check that a file holds a metadata matrix and take it as one");

    public override string Content => "a metadata matrix";

    public override async Task<MetadataMatrix> ReadAsync(FileUrl file, Progress progress, CancellationToken cancellationToken)
    {
        var annotations = await files.ReadAsync(file, AnnotationsReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        return TableFile.Of<MetadataMatrix>(file, TablePreview.Of(annotations));
    }

    public override Story Tell(MetadataMatrix? output) => new()
    {
        Introduction = "Metadata says of each sample what the analysis needs to know: its title, its treatment, the cell type, the stage of a disease.",
        TableLegend = output is null ? "Metadata: rows are samples, columns are their properties." : FormattableString.Invariant($"Metadata of {output.Shape[0]:N0} samples: rows are samples, columns are their properties."),
    };
}

/// <inheritdoc cref="MetadataMatrixKind"/>
internal sealed class MetadataMatrixUpload(IPlaybookFiles files) : FileUpload<MetadataMatrix>(new MetadataMatrixKind(files)), IExampleFile
{
    public string ExampleFile => "metadata.csv";
}

/// <inheritdoc cref="MetadataMatrixKind"/>
internal sealed class MetadataMatrixFromFile(IPlaybookFiles files) : FromFile<MetadataMatrix>(new MetadataMatrixKind(files));
