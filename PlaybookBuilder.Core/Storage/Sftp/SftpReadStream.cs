using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>A file that is open on the server, which keeps it though it is replaced or deleted. After a broken connection it is opened anew, if it is surely the same.</summary>
internal sealed class SftpReadStream(SftpFolder folder, StoragePath path, SftpFileIdentity identity, long offset, long length, SftpSettings settings) : RemoteReadStream(path, offset, length, settings.Retries)
{
    private readonly DateTimeOffset _seenAt = settings.Retries.Clock.GetUtcNow();

    private SftpContent? _content;

    /// <summary>Takes over a file that was opened.</summary>
    public void ReadFrom(SftpContent content)
    {
        _content = content;
        ReadFrom(content, content.Position);
    }

    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken)
    {
        if (await folder.OpenAsync(Path, cancellationToken).ConfigureAwait(false) is not var (content, now)) throw Replaced();
        if (!identity.IsSurely(now, _seenAt))
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw Replaced();
        }

        content.Position = position;
        return _content = content;
    }

    protected override void OnSilence() => _content?.GiveUp();

    protected override StorageException Map(Exception error) => SftpErrors.From(error, Path);
}
