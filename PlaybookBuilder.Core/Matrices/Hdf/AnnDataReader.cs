using PureHDF;
using PureHDF.VOL.Native;

namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>
/// Reads AnnData files (.h5ad) of anndata 0.7 and later, ours and others': X dense or sparse, obs and var with their text, number, truth
/// value and categorical columns (all as text). Layers, embeddings and other parts are not read. The scale of the values is the
/// one that <see cref="AnnDataWriter"/> recorded; failing that it is "as given" where scanpy noted a log1p or a value is negative, else counts.
/// </summary>
public static class AnnDataReader
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Reads a stream from its beginning; one that can't seek is read from where it is, by way of a temporary file.</summary>
    /// <exception cref="MatrixFormatException">The source is not such a file, or damaged, or too large.</exception>
    public static async Task<AnnData> ReadAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        if (source.CanSeek) return Read(source, options);

        using var file = TemporaryFile.Create();
        var buffer = new byte[BufferSize];
        for (int length; (length = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (file.Position + length > options.MaxBytes) throw new MatrixFormatException($"The file is larger than {options.MaxBytes:N0} bytes, which is the limit here.");
            await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            options.BytesRead?.Report(file.Position);
        }
        return Read(file, options);
    }

    private static AnnData Read(Stream source, ReadOptions options)
    {
        try
        {
            source.Position = 0;
            // Names are read one by one out of heaps; a buffer saves a call of the operating system each. It must not be disposed, that would close the source.
            var buffered = source is MemoryStream ? source : new BufferedStream(source, BufferSize);
            using var file = H5File.Open(buffered, leaveOpen: true);
            return Read(file, options);
        }
        // On a damaged file PureHDF throws what comes up, from bare Exceptions to OutOfMemoryException for a length that is no length.
        catch (Exception exception) when (exception is not MatrixFormatException)
        {
            throw new MatrixFormatException("The file can't be read as AnnData (.h5ad): it is of another kind, or damaged.", exception);
        }
    }

    private static AnnData Read(IH5Group root, ReadOptions options)
    {
        var samples = HdfAnnotations.Read(root, "obs");
        var genes = HdfAnnotations.Read(root, "var");
        if (samples.Index.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new MatrixFormatException($"The sample '{MatrixFormatException.Shortened(repeated.Key)}' stands more than once in obs.");
        var values = HdfMatrix.Read(root, samples.Index.Count, genes.Index.Count, options);
        return new AnnData(new Matrix(genes.Index, samples.Index, values, ScaleOf(root, values)), samples, genes);
    }

    private static MatrixScale ScaleOf(IH5Group root, double[] values)
    {
        const string record = $"uns/{AnnDataWriter.Record}/{AnnDataWriter.Scale}";
        if (root.LinkExists(record) && MatrixScale.FromTokens(HdfValues.Texts(root.Dataset(record))) is { } recorded) return recorded;
        return root.LinkExists("uns/log1p") ? MatrixScale.AsGiven : MatrixScale.Of(values);
    }
}
