using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlaybookBuilder.Core.Storage.Cache;

/// <summary>
/// Another storage, with copies of its blobs in a nearer one. Every read first asks the other for size and time of the blob, and takes the copy only if it was made of that one.
/// A copy is fetched whole before it is read. When the nearer storage fails, everything goes on without it.
/// </summary>
internal sealed class CacheStorage(IStorage inner, CacheRoom room) : IStorage
{
    public StorageCapabilities Capabilities => inner.Capabilities;

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => inner.StatAsync(path, cancellationToken);

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        var info = await inner.StatAsync(path, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        _ = range?.LengthWithin(path, info.Size);
        var name = NameOf(info);
        return await room.OpenAsync(name, range, cancellationToken).ConfigureAwait(false)
            ?? await FetchAsync(info, name, range, cancellationToken).ConfigureAwait(false)
            ?? await inner.OpenReadAsync(path, range, cancellationToken).ConfigureAwait(false);
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) => inner.BeginWriteAsync(target, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => inner.DeleteAsync(path, cancellationToken);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => inner.CopyAsync(source, destination, cancellationToken);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => inner.MoveAsync(source, destination, cancellationToken);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => inner.SignReadUrlAsync(path, lifetime, cancellationToken);

    public async Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await inner.RemoveAbandonedWritesAsync(before, cancellationToken).ConfigureAwait(false) + await room.CleanUpAsync(before, cancellationToken).ConfigureAwait(false);

    /// <summary>By what it is a copy of: a blob that was replaced has another name, and the old copy goes with the oldest ones.</summary>
    private static StoragePath NameOf(BlobInfo info) =>
        StoragePath.Parse(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{info.Size} {info.ModifiedAt.UtcTicks} {info.Path}")))));

    private async Task<Stream?> FetchAsync(BlobInfo info, StoragePath name, ByteRange? range, CancellationToken cancellationToken)
    {
        if (!room.Takes(info.Size))
            return null;

        var bytes = await inner.OpenReadAsync(info.Path, range: null, cancellationToken).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
        {
            if (!await room.TryAddAsync(name, bytes, cancellationToken).ConfigureAwait(false))
                return null;
        }

        // It may have been replaced between the look and the opening: what was copied then is not what the name says.
        if (await inner.StatAsync(info.Path, cancellationToken).ConfigureAwait(false) == info)
            return await room.OpenAsync(name, range, cancellationToken).ConfigureAwait(false);

        await room.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
