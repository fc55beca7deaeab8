using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>The bytes of uploads. Whether somebody may have them is for the caller to know.</summary>
public sealed class UploadContents(IStorage storage)
{
    /// <exception cref="ProcessFailedException">The bytes are gone.</exception>
    /// <exception cref="TransientException">Where they are kept does not answer.</exception>
    public async Task<Stream> OpenAsync(Upload upload, CancellationToken cancellationToken)
    {
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
