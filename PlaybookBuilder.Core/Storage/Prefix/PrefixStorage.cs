using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.Prefix;

/// <summary>One folder of another storage, as if it were all of it.</summary>
internal sealed class PrefixStorage(IStorage inner, StoragePath prefix) : IStorage
{
    public StorageCapabilities Capabilities => inner.Capabilities;

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        await inner.StatAsync(prefix.Append(path), cancellationToken).ConfigureAwait(false) is { } info ? Outside(info) : null;

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) =>
        inner.OpenReadAsync(prefix.Append(path), range, cancellationToken);

    public async Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        var folder = Inside(target.Folder);
        var innerTarget = target.Name is { } name ? WriteTarget.At(folder.Append(StoragePath.Parse(name))) : WriteTarget.Within(folder);
        return new PrefixPendingBlob(target, await inner.BeginWriteAsync(innerTarget, cancellationToken).ConfigureAwait(false), prefix);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in inner.ListAsync(Inside(folder), cancellationToken).ConfigureAwait(false))
            yield return Outside(info);
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => inner.DeleteAsync(prefix.Append(path), cancellationToken);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) =>
        inner.CopyAsync(prefix.Append(source), prefix.Append(destination), cancellationToken);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) =>
        inner.MoveAsync(prefix.Append(source), prefix.Append(destination), cancellationToken);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        inner.SignReadUrlAsync(prefix.Append(path), lifetime, cancellationToken);

    /// <summary>Cleans up in the whole storage below: an abandoned write is of no use to any part of it.</summary>
    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => inner.RemoveAbandonedWritesAsync(before, cancellationToken);

    private StoragePath Inside(StoragePath? folder) => folder is null ? prefix : prefix.Append(folder);

    private BlobInfo Outside(BlobInfo info) => info with { Path = info.Path.RelativeTo(prefix) };
}
