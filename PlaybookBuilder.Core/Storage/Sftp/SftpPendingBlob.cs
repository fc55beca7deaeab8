using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>A temporary file, into which parts go several at once, and which the commit renames. What fits into one part is kept in memory until then.</summary>
internal sealed class SftpPendingBlob(WriteTarget target, SftpFolder folder, SftpSettings settings, SemaphoreSlim slots) : PendingBlob(target)
{
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sent = [];
    private readonly string _file = $"{folder.Temporary}/{Guid.NewGuid():N}";
    private PartBuffer _buffer = new(settings.PartSize);
    private long _offset;
    private bool _isThere;

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_buffer.IsFull) await SendBufferAsync(cancellationToken).ConfigureAwait(false);

            bytes = bytes[_buffer.Add(bytes.Span)..];
        }
    }

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        await SendBufferAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_sent).WaitAsync(cancellationToken).ConfigureAwait(false);
        var written = await folder.TagAsync(destination, _file, cancellationToken).ConfigureAwait(false);
        if (written.Size != Length) throw new StorageException(StorageErrorKind.Failed, $"Of '{destination}' {written.Size} bytes reached the SFTP server instead of {Length}.");
        if (!await folder.RenameAsync(_file, destination, written, cancellationToken).ConfigureAwait(false)) throw new StorageException(StorageErrorKind.Failed, $"What was written of '{destination}' is gone.");

        _buffer.Dispose();
        _stop.Dispose();
        return new BlobInfo(destination, Length, written.ModifiedAt);
    }

    /// <summary>What can't be removed now, because the server is away, is left to <see cref="IStorage.RemoveAbandonedWritesAsync"/>: the caller wants to hear of the first failure.</summary>
    protected override async ValueTask AbortCoreAsync()
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_sent).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_isThere) await folder.DropAsync(_file, limit.Token).ConfigureAwait(false);
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

    /// <summary>In the background; waits first until one of the slots is free, which bounds the memory of all writes together.</summary>
    private async Task SendBufferAsync(CancellationToken cancellationToken)
    {
        if (_sent.Find(static part => part.IsFaulted) is { } failed) await failed.ConfigureAwait(false);

        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        _isThere = true;
        // Once it is sent, the buffer is empty.
        var offset = _offset;
        _offset += _buffer.Length;
        _sent.Add(SendAsync(offset, _buffer));
        _buffer = new PartBuffer(settings.PartSize);
    }

    private async Task SendAsync(long offset, PartBuffer bytes)
    {
        try
        {
            using (bytes) await folder.WriteAsync(_file, offset, bytes, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }
}
