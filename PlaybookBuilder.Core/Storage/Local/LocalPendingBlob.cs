namespace PlaybookBuilder.Core.Storage.Local;

/// <summary>A temporary file in the folder of its destination, which the commit renames.</summary>
internal sealed class LocalPendingBlob(WriteTarget target, LocalRoot root, FileStream file) : PendingBlob(target)
{
    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await LocalErrors.GuardAsync(Target.Folder, async () =>
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes.Length;
        }).ConfigureAwait(false);

    /// <summary>On another thread, because waiting for the disk takes long and has no asynchronous form.</summary>
    protected override Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken) =>
        Task.Run(() => LocalErrors.Guard(destination, () => Commit(destination)), cancellationToken);

    protected override ValueTask AbortCoreAsync()
    {
        LocalErrors.Guard(Target.Folder, () =>
        {
            file.Dispose();
            if (File.Exists(file.Name))
                File.Delete(file.Name);
            root.RemoveEmptyFolders(Path.GetDirectoryName(file.Name)!);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    private BlobInfo Commit(StoragePath destination)
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        var modifiedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Name));
        root.Rename(file.Name, destination);
        return new BlobInfo(destination, Length, modifiedAt);
    }
}
