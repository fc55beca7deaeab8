using Renci.SshNet;
using Renci.SshNet.Sftp;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>A file that is open for reading. Closing it waits for nothing: the server's word on it is of no use, and where the connection is gone the server has closed it.</summary>
internal sealed class SftpContent(SftpFileStream file, SftpClient client, SftpConnection connection) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>Gives up the connection, on which nothing comes any more.</summary>
    public void GiveUp() => connection.Drop(client);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => file.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _ = CloseAsync();
        base.Dispose(disposing);
    }

    private async Task CloseAsync()
    {
        try
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (connection.IsOf(client, error))
        {
        }
    }
}
