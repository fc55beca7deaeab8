using System.IO.Compression;

namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>Finds out by the first bytes of a file, not by its name, whether it is text, packed text or something else.</summary>
internal static class TextContent
{
    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text of a file that may be packed with gzip.</summary>
    public static async Task<Stream> OpenAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        var head = new byte[Gzip.Length];
        var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var all = new SourceStream(source, head.AsMemory(0, length), options.BytesRead);
        return head.AsSpan(0, length).SequenceEqual(Gzip) ? new GZipStream(all, CompressionMode.Decompress) : all;
    }

    /// <summary>The length of the byte order mark at the beginning of a text.</summary>
    public static int MarkLength(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Utf8Mark) ? Utf8Mark.Length : 0;

    /// <exception cref="MatrixFormatException">The beginning is that of another kind of file.</exception>
    public static void RefuseOtherKinds(ReadOnlySpan<byte> beginning)
    {
        if (beginning.IsEmpty) throw new MatrixFormatException("The file is empty.");
        if (beginning.StartsWith<byte>([0x50, 0x4B, 0x03, 0x04]) || beginning.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            throw new MatrixFormatException("This is an Excel workbook or a zip archive, not a text file. Save the sheet as CSV or TSV.");
        if (beginning.StartsWith<byte>([0x89, 0x48, 0x44, 0x46]))
            throw new MatrixFormatException("This is an HDF5 file (such as .h5ad), not a text file.");
        if (beginning.StartsWith("#1.2"u8) || beginning.StartsWith("#1.3"u8))
            throw new MatrixFormatException("This is a GCT file. Remove the lines above the header and the columns of descriptions, and save it as TSV.");
        if (beginning.StartsWith<byte>([0xFF, 0xFE]) || beginning.StartsWith<byte>([0xFE, 0xFF]))
            throw new MatrixFormatException("The text is written in UTF-16. Save it as UTF-8.");
    }
}
