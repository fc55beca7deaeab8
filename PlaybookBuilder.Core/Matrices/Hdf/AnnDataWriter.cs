using PureHDF;

namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>
/// Writes AnnData files (.h5ad, AnnData 0.8's on-disk format) which Python's anndata reads. X is dense 64-bit; what was done to the values
/// stands in <c>uns/playbook_builder/scale</c> as <see cref="MatrixScale.Tokens"/>.
/// </summary>
public static class AnnDataWriter
{
    internal const string Record = "playbook_builder";
    internal const string Scale = "scale";

    // Names of genes are short; larger heaps for them mean fewer, and one look-up each.
    private static readonly H5WriteOptions Options = new(MinimumGlobalHeapCollectionSize: 64 * 1024);

    private static readonly string[] EmptyParts = ["layers", "obsm", "obsp", "varm", "varp"];

    /// <summary>Writes from the position of the target on; a target that can't seek is written by way of a temporary file.</summary>
    public static async Task WriteAsync(AnnData data, Stream target, CancellationToken cancellationToken)
    {
        using var file = TemporaryFile.Create();
        File(data).Write(file, Options);
        file.Position = 0;
        await file.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private static H5File File(AnnData data)
    {
        var file = HdfEncoding.Marked(new H5File(), "anndata", "0.1.0");
        file["X"] = HdfMatrix.Dataset(data.Matrix);
        file["obs"] = HdfAnnotations.Group(data.Samples);
        file["var"] = HdfAnnotations.Group(data.Genes);
        file["uns"] = Unstructured(data.Matrix.Scale);
        foreach (var part in EmptyParts) file[part] = HdfEncoding.Group("dict", "0.1.0");
        return file;
    }

    private static H5Group Unstructured(MatrixScale scale)
    {
        var record = HdfEncoding.Group("dict", "0.1.0");
        record[Scale] = HdfEncoding.Strings(scale.Tokens);
        var unstructured = HdfEncoding.Group("dict", "0.1.0");
        unstructured[Record] = record;
        return unstructured;
    }
}
