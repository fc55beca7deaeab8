using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>The bytes of uploads. Whether somebody may have them is for the caller to know.</summary>
public sealed class UploadContents(IStorage storage)
{
    /// <summary>What the storage can do with them.</summary>
    public StorageCapabilities Capabilities => storage.Capabilities;

    /// <summary>Makes sure that the bytes are not known to be others than they were.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.Damaged"/> when they are.</exception>
    public static void RequireSound(Upload upload)
    {
        if (upload.IsDamaged) throw new StorageException(StorageErrorKind.Damaged, $"The stored bytes of '{upload.Filename}' are damaged, so they are not given out. Uploading the same file again mends them.");
    }

    /// <summary>Makes sure that the bytes are there, all of them, and not known to be others than they were.</summary>
    /// <exception cref="StorageException">They are not, or the storage failed.</exception>
    public async Task CheckAsync(Upload upload, CancellationToken cancellationToken)
    {
        RequireSound(upload);
        var path = FileIngest.PathOf(upload.Sha256);
        var size = (await storage.StatAsync(path, cancellationToken).ConfigureAwait(false))?.Size ?? throw StorageException.NotFound(path);
        if (size != upload.Size) throw new StorageException(StorageErrorKind.Failed, $"'{path}' has {size} bytes and should have {upload.Size}.");
    }

    /// <summary>Reads a part of them.</summary>
    /// <param name="range">Null for all.</param>
    /// <exception cref="StorageException">They are gone, or the storage failed.</exception>
    public Task<Stream> ReadAsync(Upload upload, ByteRange? range, CancellationToken cancellationToken) => storage.OpenReadAsync(FileIngest.PathOf(upload.Sha256), range, cancellationToken);

    /// <summary>A URL at which anybody can read them for a while.</summary>
    /// <exception cref="StorageException">The storage can't sign, or failed, or the bytes are damaged.</exception>
    public Task<Uri> SignAsync(Upload upload, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        RequireSound(upload);
        return storage.SignReadUrlAsync(FileIngest.PathOf(upload.Sha256), lifetime, cancellationToken);
    }

    /// <exception cref="ProcessFailedException">The bytes are gone, or known to be damaged.</exception>
    /// <exception cref="TransientException">Where they are kept does not answer.</exception>
    public async Task<Stream> OpenAsync(Upload upload, CancellationToken cancellationToken)
    {
        if (upload.IsDamaged) throw new ProcessFailedException($"The stored bytes of the file {upload.Filename} are damaged. Upload the same file again, which mends them, and recompute this step.");

        try
        {
            return await storage.OpenReadAsync(FileIngest.PathOf(upload.Sha256), null, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException exception) when (exception.IsRetryable)
        {
            throw new TransientException($"The file {upload.Filename} can't be read at the moment.", exception);
        }
        catch (StorageException exception) when (exception.Kind == StorageErrorKind.NotFound)
        {
            throw LostFile.Deleted(upload.Filename, url: null, exception);
        }
    }
}
