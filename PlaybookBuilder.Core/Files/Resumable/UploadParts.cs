using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>
/// The parts of resumable uploads, as blobs of their own: <c>parts/{id of the upload}/{offset}-{random}</c>. No content has such a path, so whoever goes through what is stored can tell them apart.
/// </summary>
/// <remarks>
/// Where two senders were at the same place at once, or a program died before the record knew of its part, several parts begin at one offset. The latest counts: the one before was never told of.
/// </remarks>
internal sealed class UploadParts(IStorage storage, TimeProvider time)
{
    /// <summary>In which folder of the storage they are.</summary>
    public static readonly StoragePath Folder = StoragePath.Parse("parts");

    /// <summary>How long a part gets: that much is lost at most when the program dies.</summary>
    internal const long LongestPart = 64 * 1024 * 1024;

    /// <summary>How long a part is written, so that little is lost of what comes slowly.</summary>
    internal static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(15);

    private const int BufferSize = 128 * 1024;
    private const int OffsetDigits = 19;

    /// <summary>Writes what comes as one part, up to its end, or to where a part ends.</summary>
    /// <param name="most">How many bytes are missing of the whole.</param>
    /// <returns>The part; null when nothing came, or, where there is more to come, when that is more than was missing.</returns>
    /// <exception cref="StorageException">The storage failed.</exception>
    public async Task<BlobInfo?> WriteAsync(string uploadId, long offset, IncomingBytes bytes, long most, CancellationToken cancellationToken)
    {
        var path = PathOf(uploadId, offset);
        var begun = time.GetTimestamp();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        // What came is kept though its sender is gone.
        var pending = await storage.BeginWriteAsync(WriteTarget.At(path), CancellationToken.None).ConfigureAwait(false);
        await using (pending.ConfigureAwait(false))
        {
            try
            {
                // With the last byte it looks for one more, to see whether too many come.
                while (!bytes.IsAtEnd && (pending.Length == most || (pending.Length < LongestPart && time.GetElapsedTime(begun) < LongestTime)))
                {
                    var count = await bytes.FillAsync(buffer.AsMemory(0, (int)Math.Min(BufferSize, most - pending.Length + 1)), cancellationToken).ConfigureAwait(false);
                    if (pending.Length + count > most) return null;
                    if (count > 0) await pending.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            return pending.Length == 0 ? null : await pending.CommitAsync(path, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the parts of an upload, one after the other.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when a part is missing.</exception>
    public async Task<Stream> OpenAsync(string uploadId, long size, CancellationToken cancellationToken)
    {
        var parts = new List<BlobInfo>();
        await foreach (var part in storage.ListAsync(FolderOf(uploadId), cancellationToken).ConfigureAwait(false)) parts.Add(part);

        var pieces = new List<PartsStream.Piece>();
        for (var offset = 0L; offset < size;)
        {
            var piece = FindAt(parts, offset) ?? throw StorageException.NotFound(PathOf(uploadId, offset));
            pieces.Add(piece);
            offset += piece.Length;
        }

        return new PartsStream(storage, pieces);
    }

    public Task RemoveAsync(StoragePath part) => storage.DeleteAsync(part, CancellationToken.None);

    /// <summary>Removes all parts of an upload.</summary>
    public async Task RemoveAllAsync(string uploadId, CancellationToken cancellationToken)
    {
        await foreach (var part in storage.ListAsync(FolderOf(uploadId), cancellationToken).ConfigureAwait(false)) await storage.DeleteAsync(part.Path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The uploads of which there are parts, none of them written since then.</summary>
    public async Task<IReadOnlyCollection<string>> ListRestingAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var latest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var part in storage.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            if (part.Path.Folder is not { } folder || folder == Folder) continue;
            if (!latest.TryGetValue(folder.Name, out var known) || known < part.ModifiedAt) latest[folder.Name] = part.ModifiedAt;
        }

        return [.. latest.Where(upload => upload.Value < since).Select(static upload => upload.Key)];
    }

    // Where no part begins, one that was written over a shorter one covers the place.
    private static PartsStream.Piece? FindAt(List<BlobInfo> parts, long offset)
    {
        var part = parts.Where(part => OffsetOf(part) <= offset && offset < OffsetOf(part) + part.Size).OrderByDescending(OffsetOf).ThenByDescending(static part => part.ModifiedAt).FirstOrDefault();
        return part is null ? null : new PartsStream.Piece(part.Path, offset - OffsetOf(part), OffsetOf(part) + part.Size - offset);
    }

    private static long OffsetOf(BlobInfo part) => long.TryParse(part.Path.Name.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : long.MaxValue;

    private static StoragePath FolderOf(string uploadId) => Folder.Append(StoragePath.Parse(uploadId));

    private static StoragePath PathOf(string uploadId, long offset) =>
        FolderOf(uploadId).Append(StoragePath.Parse($"{offset.ToString(CultureInfo.InvariantCulture).PadLeft(OffsetDigits, '0')}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}"));
}
