using System.Runtime.CompilerServices;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>Another storage with some of its methods replaced; with none replaced it behaves like that one.</summary>
internal sealed class FaultyStorage(IStorage inner) : IStorage
{
    public Func<StoragePath, Task<BlobInfo?>>? OnStat { get; init; }

    public Func<StoragePath, ByteRange?, Task<Stream>>? OnOpenRead { get; init; }

    public Func<WriteTarget, Task<PendingBlob>>? OnBeginWrite { get; init; }

    public Func<StoragePath?, IAsyncEnumerable<BlobInfo>>? OnList { get; init; }

    public Func<StoragePath, Task>? OnDelete { get; init; }

    public Func<StoragePath, StoragePath, Task>? OnCopy { get; init; }

    public Func<StoragePath, StoragePath, Task>? OnMove { get; init; }

    public Func<StoragePath, Task<Uri>>? OnSign { get; init; }

    public Func<DateTimeOffset, Task<int>>? OnRemoveAbandoned { get; init; }

    /// <summary>What it says that it can; null for what the other can.</summary>
    public StorageCapabilities? Claimed { get; init; }

    public StorageCapabilities Capabilities => Claimed ?? inner.Capabilities;

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        Instead(OnStat?.Invoke(path), () => inner.StatAsync(path, cancellationToken));

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) =>
        Instead(OnOpenRead?.Invoke(path, range), () => inner.OpenReadAsync(path, range, cancellationToken));

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) =>
        Instead(OnBeginWrite?.Invoke(target), () => inner.BeginWriteAsync(target, cancellationToken));

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in OnList?.Invoke(folder) ?? inner.ListAsync(folder, cancellationToken))
            yield return info;
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => OnDelete?.Invoke(path) ?? inner.DeleteAsync(path, cancellationToken);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) =>
        OnCopy?.Invoke(source, destination) ?? inner.CopyAsync(source, destination, cancellationToken);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) =>
        OnMove?.Invoke(source, destination) ?? inner.MoveAsync(source, destination, cancellationToken);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Instead(OnSign?.Invoke(path), () => inner.SignReadUrlAsync(path, lifetime, cancellationToken));

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Instead(OnRemoveAbandoned?.Invoke(before), () => inner.RemoveAbandonedWritesAsync(before, cancellationToken));

    private static Task<T> Instead<T>(Task<T>? fault, Func<Task<T>> real) => fault ?? real();
}
