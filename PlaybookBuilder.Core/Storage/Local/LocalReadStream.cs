using Microsoft.Win32.SafeHandles;

namespace PlaybookBuilder.Core.Storage.Local;

internal sealed class LocalReadStream(StoragePath path, SafeFileHandle file, long offset, long length) : BlobReadStream(path, offset, length)
{
    protected override int ReadAt(Span<byte> buffer, long position)
    {
        // A span can't be captured by what LocalErrors.Guard takes.
        try
        {
            return RandomAccess.Read(file, buffer, position);
        }
        catch (IOException error)
        {
            throw LocalErrors.From(error, Path);
        }
    }

    protected override ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken) =>
        LocalErrors.GuardAsync(Path, () => RandomAccess.ReadAsync(file, buffer, position, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
