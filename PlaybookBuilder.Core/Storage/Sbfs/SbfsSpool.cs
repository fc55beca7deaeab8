using System.Security.Cryptography;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>Bytes that wait until they are sent: the first of them in memory, all of them in a temporary file when there are more. Nothing stays of it, whatever happens to the program.</summary>
internal sealed class SbfsSpool(int largestInMemory) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly PartBuffer _memory = new(Math.Max(1, largestInMemory));
    private FileStream? _file;

    public long Length { get; private set; }

    public async Task AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _digest.AppendData(bytes.Span);
        try
        {
            if (_file is null && _memory.Length + bytes.Length <= largestInMemory)
                _memory.Add(bytes.Span);
            else
                await WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new StorageException(StorageErrorKind.OutOfSpace, "The temporary folder of this machine can't hold the file until it is sent.", error);
        }

        Length += bytes.Length;
    }

    /// <summary>Of all bytes so far; ends the adding.</summary>
    public string Sha256() => Convert.ToHexStringLower(_digest.GetHashAndReset());

    /// <summary>Makes the bytes ready for <see cref="Open"/>.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _file?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>A new stream of a piece; many may be read at once.</summary>
    public Stream Open(StoragePath path, long offset, long length) => new Piece(path, offset, length, _memory.Bytes, _file);

    public void Dispose()
    {
        _memory.Dispose();
        _digest.Dispose();
        _file?.Dispose();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            _file = OpenFile();
            await _file.WriteAsync(_memory.Bytes, cancellationToken).ConfigureAwait(false);
        }

        await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private static FileStream OpenFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"playbook-builder-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var file = new FileStream(path, options);
        // Without a name the system frees it with the process, also one that is killed.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);

        return file;
    }

    private sealed class Piece(StoragePath path, long offset, long length, ReadOnlyMemory<byte> memory, FileStream? file) : BlobReadStream(path, offset, length)
    {
        protected override int ReadAt(Span<byte> buffer, long position)
        {
            if (file is not null)
                return RandomAccess.Read(file.SafeFileHandle, buffer, position);

            memory.Span.Slice((int)position, buffer.Length).CopyTo(buffer);
            return buffer.Length;
        }

        protected override async ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken) => file is null
            ? ReadAt(buffer.Span, position)
            : await RandomAccess.ReadAsync(file.SafeFileHandle, buffer, position, cancellationToken).ConfigureAwait(false);
    }
}
