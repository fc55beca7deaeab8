using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>A write with some of its steps replaced.</summary>
internal sealed class FaultyPendingBlob(WriteTarget target, PendingBlob inner) : PendingBlob(target)
{
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? OnWrite { get; init; }

    public Func<StoragePath, Task<BlobInfo>>? OnCommit { get; init; }

    public Func<Task>? OnAbort { get; init; }

    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(OnWrite?.Invoke(bytes) ?? bytes, cancellationToken);

    protected override Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken) =>
        OnCommit?.Invoke(destination) ?? inner.CommitAsync(destination, cancellationToken);

    protected override async ValueTask AbortCoreAsync()
    {
        await (OnAbort?.Invoke() ?? Task.CompletedTask);
        await inner.DisposeAsync();
    }
}
