using System.Buffers;

namespace PlaybookBuilder.Core.Storage.Remote;

/// <summary>A blob behind a network: one open answer that is read on, and opened anew where it was cut or where the reader moved to.</summary>
internal abstract class RemoteReadStream(StoragePath path, long offset, long length, CallRetries retries) : BlobReadStream(path, offset, length)
{
    private Stream? _answer;
    private long _answerPosition;

    /// <summary>The position in the blob behind the last byte of this stream.</summary>
    protected long End { get; } = offset + length;

    /// <summary>Takes over an answer that is open already.</summary>
    public void ReadFrom(Stream answer, long position) => (_answer, _answerPosition) = (answer, position);

    /// <summary>The bytes of the blob as it was when this stream was opened, from a position on to <see cref="End"/>.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.Failed"/> when the blob is another by now, or gone.</exception>
    protected abstract Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken);

    /// <summary>What an exception of the answer's stream means.</summary>
    protected abstract StorageException Map(Exception error);

    protected StorageException Replaced(Exception? error = null) =>
        new(StorageErrorKind.Failed, $"'{Path}' was replaced or deleted while it was read, and the storage did not keep what it was.", error);

    protected override int ReadAt(Span<byte> buffer, long position)
    {
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var count = ReadAtAsync(rented.AsMemory(0, buffer.Length), position, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            rented.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    protected override async ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken) =>
        await retries.RunAsync(async token =>
        {
            try
            {
                return await ReadOnceAsync(buffer, position, token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                OnSilence();
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Nothing came within the limit. For storages whose next answer would come over the same connection.</summary>
    protected virtual void OnSilence()
    {
    }

    protected override void Dispose(bool disposing)
    {
        Drop();
        base.Dispose(disposing);
    }

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken)
    {
        var answer = await AnswerAtAsync(position, cancellationToken).ConfigureAwait(false);
        var count = 0;
        try
        {
            count = await answer.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not StorageException and not OperationCanceledException)
        {
            throw Map(error);
        }
        finally
        {
            // Whatever went wrong, the answer is not where the next read expects it.
            if (count == 0)
                Drop();
        }

        if (count == 0)
            throw new StorageException(StorageErrorKind.Unavailable, $"The answer for '{Path}' was cut off.");

        _answerPosition = position + count;
        return count;
    }

    private async Task<Stream> AnswerAtAsync(long position, CancellationToken cancellationToken)
    {
        if (_answer is { CanSeek: true } && _answerPosition != position)
        {
            _answer.Position = position;
            _answerPosition = position;
        }

        if (_answer is null || _answerPosition != position)
        {
            Drop();
            ReadFrom(await OpenAtAsync(position, cancellationToken).ConfigureAwait(false), position);
        }

        return _answer!;
    }

    private void Drop()
    {
        _answer?.Dispose();
        _answer = null;
    }
}
