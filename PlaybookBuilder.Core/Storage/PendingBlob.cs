namespace PlaybookBuilder.Core.Storage;

/// <summary>
/// A blob that is being written. It appears, whole, when <see cref="CommitAsync"/> returns; disposing of it before leaves nothing. For one writer at a time.
/// </summary>
/// <remarks>A write that failed or was cancelled may have written a part of its bytes, so nothing but disposing is possible after it.</remarks>
public abstract class PendingBlob(WriteTarget target) : IAsyncDisposable
{
    private enum State
    {
        Open,
        Busy,
        Committed,
        Disposed,
    }

    private State _state = State.Open;

    /// <summary>The bytes written so far.</summary>
    public long Length { get; private set; }

    protected WriteTarget Target => target;

    /// <exception cref="StorageException">The store failed.</exception>
    /// <exception cref="InvalidOperationException">It was committed or disposed of, or an earlier call failed.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Enter();
        cancellationToken.ThrowIfCancellationRequested();
        await WriteCoreAsync(bytes, cancellationToken).ConfigureAwait(false);
        Length += bytes.Length;
        _state = State.Open;
    }

    /// <summary>Makes the bytes durable and shows them at <paramref name="destination"/> in one moment, in place of what was there.</summary>
    /// <exception cref="StorageException">The store failed.</exception>
    /// <exception cref="ArgumentException">The write was not begun for this destination.</exception>
    /// <exception cref="InvalidOperationException">It was committed or disposed of, or an earlier call failed.</exception>
    public async Task<BlobInfo> CommitAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        if (!target.Admits(destination))
            throw new ArgumentException($"The write was not begun for '{destination}'.", nameof(destination));

        Enter();
        cancellationToken.ThrowIfCancellationRequested();
        var info = await CommitCoreAsync(destination, cancellationToken).ConfigureAwait(false);
        _state = State.Committed;
        return info;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var before = _state;
        _state = State.Disposed;
        if (before is State.Open or State.Busy)
            await AbortCoreAsync().ConfigureAwait(false);
    }

    protected abstract ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    protected abstract Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken);

    /// <summary>Frees and removes what was written; called once, and never after a commit that succeeded.</summary>
    protected abstract ValueTask AbortCoreAsync();

    private void Enter()
    {
        if (_state != State.Open)
            throw new InvalidOperationException("Nothing can be added to a blob that was committed, disposed of, or failed before.");

        _state = State.Busy;
    }
}
