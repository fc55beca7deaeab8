using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Core.Matrices.Hdf;

namespace PlaybookBuilder.Core.Matrices;

/// <summary>Reads a matrix from whichever kind of file it is in, AnnData (.h5ad) or text, told apart by the first bytes.</summary>
public static class MatrixReader
{
    private static ReadOnlySpan<byte> HdfSignature => [0x89, 0x48, 0x44, 0x46];

    /// <exception cref="MatrixFormatException">The source is neither, or damaged, or too large.</exception>
    public static async Task<AnnData> ReadAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        var head = new byte[HdfSignature.Length];
        var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var isHdf = HdfSignature.SequenceEqual(head.AsSpan(0, length));
        if (isHdf && source.CanSeek) return await AnnDataReader.ReadAsync(source, options, cancellationToken).ConfigureAwait(false);

        using var whole = new SourceStream(source, head.AsMemory(0, length), progress: null);
        return isHdf
            ? await AnnDataReader.ReadAsync(whole, options, cancellationToken).ConfigureAwait(false)
            : new AnnData(await CountMatrixReader.ReadAsync(whole, options, cancellationToken).ConfigureAwait(false));
    }
}
