namespace PlaybookBuilder.Core.Storage.Cache;

/// <summary>Where copies of blobs are kept, up to a number of bytes: then the oldest go. Nothing in it is needed, so its failures are answers.</summary>
internal sealed class CacheRoom(IStorage storage, long mostBytes) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long? _bytes;

    /// <summary>A blob of more than a quarter would leave too little for others.</summary>
    public bool Takes(long size) => size <= mostBytes / 4;

    public async Task<Stream?> OpenAsync(StoragePath name, ByteRange? range, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.OpenReadAsync(name, range, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            return null;
        }
    }

    /// <summary>Failures of the bytes' own storage pass.</summary>
    public async Task<bool> TryAddAsync(StoragePath name, Stream bytes, CancellationToken cancellationToken)
    {
        var source = new SourceErrors(bytes);
        try
        {
            var info = await storage.WriteAsync(name, source, cancellationToken).ConfigureAwait(false);
            await CountAsync(info.Size, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StorageException error) when (error != source.Error)
        {
            return false;
        }
    }

    public async Task RemoveAsync(StoragePath name, CancellationToken cancellationToken)
    {
        try
        {
            await storage.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // It is left to become the oldest.
        }
    }

    public async Task<int> CleanUpAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.RemoveAbandonedWritesAsync(before, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            return 0;
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CountAsync(long added, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _bytes += added;
            if (_bytes is null || _bytes > mostBytes)
                _bytes = await MakeRoomAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Counts what is there, and when it is too much removes the oldest until a fifth is free, so that it is not done again for every blob.</summary>
    private async Task<long> MakeRoomAsync(CancellationToken cancellationToken)
    {
        var copies = new List<BlobInfo>();
        await foreach (var info in storage.ListAsync(folder: null, cancellationToken).ConfigureAwait(false))
            copies.Add(info);

        var bytes = copies.Sum(static info => info.Size);
        if (bytes <= mostBytes)
            return bytes;

        foreach (var info in copies.OrderBy(static info => info.ModifiedAt).TakeWhile(_ => bytes > mostBytes / 5 * 4))
        {
            await storage.DeleteAsync(info.Path, cancellationToken).ConfigureAwait(false);
            bytes -= info.Size;
        }

        return bytes;
    }
}
