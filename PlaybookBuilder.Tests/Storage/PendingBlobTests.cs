using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

public sealed class PendingBlobTests
{
    private readonly RecordingBlob _blob = new();

    [Fact]
    public async Task Commit_AfterACancelledWrite_IsRefused()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _blob.WriteAsync(Bytes(10), new CancellationToken(canceled: true)).AsTask());

        await Assert.ThrowsAsync<InvalidOperationException>(() => _blob.CommitAsync(At("blob"), CancellationToken.None));
        await _blob.DisposeAsync();
        Assert.Equal(["abort"], _blob.Calls);
    }

    [Fact]
    public async Task Commit_AfterAFailedWrite_IsRefused()
    {
        _blob.Failure = new StorageException(StorageErrorKind.OutOfSpace, "full");
        await Assert.ThrowsAsync<StorageException>(() => _blob.WriteAsync(Bytes(10), CancellationToken.None).AsTask());

        await Assert.ThrowsAsync<InvalidOperationException>(() => _blob.CommitAsync(At("blob"), CancellationToken.None));
        Assert.Equal(0, _blob.Length);
    }

    [Fact]
    public async Task Commit_Twice_IsRefused()
    {
        await _blob.CommitAsync(At("once"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _blob.CommitAsync(At("twice"), CancellationToken.None));
        Assert.Equal(["commit once"], _blob.Calls);
    }

    [Fact]
    public async Task Write_AfterCommitOrDispose_IsRefused()
    {
        await _blob.CommitAsync(At("blob"), CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _blob.WriteAsync(Bytes(1), CancellationToken.None).AsTask());
        await _blob.DisposeAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _blob.WriteAsync(Bytes(1), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Dispose_Twice_AbortsOnce()
    {
        await _blob.DisposeAsync();
        await _blob.DisposeAsync();

        Assert.Equal(["abort"], _blob.Calls);
    }

    [Fact]
    public async Task Dispose_AfterAFailedCommit_Aborts()
    {
        _blob.Failure = new StorageException(StorageErrorKind.Unavailable, "away");
        await Assert.ThrowsAsync<StorageException>(() => _blob.CommitAsync(At("blob"), CancellationToken.None));
        await _blob.DisposeAsync();

        Assert.Equal(["commit blob", "abort"], _blob.Calls);
    }

    private sealed class RecordingBlob() : PendingBlob(WriteTarget.Within(null))
    {
        public List<string> Calls { get; } = [];

        public StorageException? Failure { get; set; }

        protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            Calls.Add($"write {bytes.Length}");
            return Failure is null ? ValueTask.CompletedTask : ValueTask.FromException(Failure);
        }

        protected override Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
        {
            Calls.Add($"commit {destination}");
            return Failure is null ? Task.FromResult(new BlobInfo(destination, Length, DateTimeOffset.UnixEpoch)) : Task.FromException<BlobInfo>(Failure);
        }

        protected override ValueTask AbortCoreAsync()
        {
            Calls.Add("abort");
            return ValueTask.CompletedTask;
        }
    }
}
