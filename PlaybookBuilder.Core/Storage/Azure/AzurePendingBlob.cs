using System.Globalization;
using System.Text;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>
/// What fits into one block is kept in memory and put in one call by the commit. What does not goes up in blocks of a temporary blob, from where the commit has the store copy it: the
/// blocks of a blob belong to all its writers, and whoever commits first discards those of the others.
/// </summary>
internal sealed class AzurePendingBlob(WriteTarget target, AzureContainer container, AzureSettings settings, SemaphoreSlim slots) : PendingBlob(target)
{
    private const int MostBlocks = 50_000;

    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _ids = [];
    private readonly List<Task> _sent = [];
    private PartBuffer _buffer = new(settings.BlockSize);
    private string? _temporaryKey;

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_buffer.IsFull)
                await SendBufferAsync(cancellationToken).ConfigureAwait(false);

            bytes = bytes[_buffer.Add(bytes.Span)..];
        }
    }

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var modifiedAt = _temporaryKey is null
            ? (await container.PutAsync(destination, container.Key(destination), _buffer, cancellationToken).ConfigureAwait(false)).LastModified
            : await CommitBlocksAsync(destination, _temporaryKey, cancellationToken).ConfigureAwait(false);
        _buffer.Dispose();
        _stop.Dispose();
        return new BlobInfo(destination, Length, modifiedAt);
    }

    /// <summary>What can't be removed now, because the store is away, is left to <see cref="IStorage.RemoveAbandonedWritesAsync"/>: the caller wants to hear of the first failure.</summary>
    protected override async ValueTask AbortCoreAsync()
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            await SettleAsync(limit.Token).ConfigureAwait(false);
            if (_temporaryKey is not null)
                await container.DropAsync(_temporaryKey, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
        }
        finally
        {
            _buffer.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>Blocks on their way are let through: of one that was sent and given up, nobody knows when it arrives, and after the removal it would stay. Only what takes too long is stopped.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_sent).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_sent).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<DateTimeOffset> CommitBlocksAsync(StoragePath destination, string temporaryKey, CancellationToken cancellationToken)
    {
        await SendBufferAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_sent).WaitAsync(cancellationToken).ConfigureAwait(false);
        await container.PutBlockListAsync(destination, temporaryKey, _ids, cancellationToken).ConfigureAwait(false);
        var copy = await container.CopyAsync(destination, temporaryKey, container.Key(destination), Length, cancellationToken).ConfigureAwait(false)
            ?? throw new StorageException(StorageErrorKind.Failed, $"The blocks of '{destination}' are gone.");
        await container.DeleteAsync(destination, temporaryKey, cancellationToken).ConfigureAwait(false);
        return copy.LastModified;
    }

    /// <summary>In the background; waits first until one of the slots is free, which bounds the memory of all uploads together.</summary>
    private async Task SendBufferAsync(CancellationToken cancellationToken)
    {
        if (_sent.Find(static block => block.IsFaulted) is { } failed)
            await failed.ConfigureAwait(false);

        if (_ids.Count == MostBlocks)
            throw new StorageException(StorageErrorKind.OutOfSpace, $"A blob has at most {MostBlocks} blocks in this storage.");

        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        _temporaryKey ??= container.NewTemporaryKey();
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(_ids.Count.ToString("D6", CultureInfo.InvariantCulture)));
        _ids.Add(id);
        _sent.Add(SendAsync(_temporaryKey, id, _buffer));
        _buffer = new PartBuffer(settings.BlockSize);
    }

    private async Task SendAsync(string key, string id, PartBuffer bytes)
    {
        try
        {
            using (bytes)
                await container.PutBlockAsync(path: null, key, id, bytes, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }
}
