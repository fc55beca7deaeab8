using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>Takes files into the storage under the SHA-256 of their bytes, each content once, in flat memory. What is there and known to be damaged is replaced by the bytes that come.</summary>
public sealed class FileIngest(IStorage storage, KnownDamage damage, IOptions<UploadOptions> options, TimeProvider clock)
{
    /// <summary>How long a write may rest before it counts as abandoned.</summary>
    public static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(24);

    private const int BufferSize = 128 * 1024;

    private static readonly WriteTarget Top = WriteTarget.Within(null);

    /// <summary>Where the bytes of a file are: the lower-case hex SHA-256 is the path.</summary>
    public static StoragePath PathOf(string sha256) => StoragePath.Parse(sha256);

    /// <summary>Whether a text can name a content.</summary>
    internal static bool IsSha256(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads a body to its end and stores it. Whatever stops it before that, nothing of it can be seen afterwards.</summary>
    /// <param name="record">Keeps the record of what was stored; once it has, nobody removes the bytes (<see cref="IUploadStore.FreeAsync"/>).</param>
    /// <exception cref="StorageException">The storage failed. What <paramref name="body"/> and <paramref name="record"/> throw passes as it is.</exception>
    public Task<IngestOutcome> IngestAsync(Stream body, Func<IngestOutcome.Stored, Task> record, CancellationToken cancellationToken) => IngestAsync(body, record, options.Value.MaxBytes, cancellationToken);

    /// <summary>The same, with a limit of its own.</summary>
    /// <param name="maxBytes">The most that is taken.</param>
    /// <exception cref="StorageException">The storage failed. What <paramref name="body"/> and <paramref name="record"/> throw passes as it is.</exception>
    public async Task<IngestOutcome> IngestAsync(Stream body, Func<IngestOutcome.Stored, Task> record, long maxBytes, CancellationToken cancellationToken)
    {
        var pending = await storage.BeginWriteAsync(Top, cancellationToken).ConfigureAwait(false);
        await using (pending.ConfigureAwait(false))
        {
            var sha256 = await ReceiveAsync(body, pending, maxBytes, cancellationToken).ConfigureAwait(false);
            return sha256 is null ? new IngestOutcome.TooLarge(maxBytes) : await StoreAsync(pending, sha256, record, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what uploads that died on the way left in the storage.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> RemoveAbandonedAsync(CancellationToken cancellationToken) => storage.RemoveAbandonedWritesAsync(clock.GetUtcNow() - AbandonedAfter, cancellationToken);

    /// <returns>The SHA-256 in lower-case hex, or null when the body is larger than allowed.</returns>
    private static async Task<string?> ReceiveAsync(Stream body, PendingBlob pending, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // Network bodies come in small pieces; filling the buffer keeps the writes large.
            while (await body.ReadAtLeastAsync(buffer, BufferSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                if (pending.Length + count > maxBytes)
                    return null;

                hash.AppendData(buffer, 0, count);
                await pending.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<IngestOutcome> StoreAsync(PendingBlob pending, string sha256, Func<IngestOutcome.Stored, Task> record, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        var size = pending.Length;
        var isDamaged = await damage.IsKnownAsync(sha256, cancellationToken).ConfigureAwait(false);
        var isStored = !isDamaged && await IsStoredAsync(path, size, cancellationToken).ConfigureAwait(false);
        if (!isStored)
            await pending.CommitAsync(path, cancellationToken).ConfigureAwait(false);

        // Before the record, so that whoever is told of it can have the bytes.
        if (isDamaged)
            await damage.ForgetAsync(sha256, cancellationToken).ConfigureAwait(false);

        var stored = new IngestOutcome.Stored(sha256, size, WasThere: isStored);
        await record(stored).ConfigureAwait(false);

        // Whoever deleted the last upload of the same content before may have removed the bytes until the record was there.
        if (await IsStoredAsync(path, size, cancellationToken).ConfigureAwait(false))
            return stored;

        // Bytes that were handed over can't be handed over again.
        if (!isStored)
            throw new StorageException(StorageErrorKind.Unavailable, $"The content {sha256} was deleted while it came in; send it again.");

        await pending.CommitAsync(path, cancellationToken).ConfigureAwait(false);
        return stored with { WasThere = false };
    }

    // Another size under the same hash is a damaged blob (a disk error, a foreign hand): the bytes in hand mend it.
    private async Task<bool> IsStoredAsync(StoragePath path, long size, CancellationToken cancellationToken) =>
        (await storage.StatAsync(path, cancellationToken).ConfigureAwait(false))?.Size == size;
}
