using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>The files that are kept here: our own <c>drs://</c> links are read without a network call.</summary>
internal sealed class PlaybookFiles(IStorage storage, IUploadStore uploads, FileUploads fileUploads) : IPlaybookFiles
{
    public async Task<Stream> OpenAsync(string url, CancellationToken cancellationToken)
    {
        // The id alone tells whether a link is ours: it is random, and the host changes when the application moves.
        var upload = DrsUri.TryParse(url, out var drs) ? await uploads.FindAsync(drs.Id, cancellationToken).ConfigureAwait(false) : null;
        if (upload is null) throw new ProcessFailedException($"The file {url} is not here. Upload it, and choose the upload.");

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
            throw new ProcessFailedException($"The file {upload.Filename} was deleted. Upload it again.", exception);
        }
    }

    public async Task<FileUrl> CreateAsync(string filename, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        // Formats such as HDF5 seek while they write, which an object store can't.
        var path = Path.GetTempFileName();
        var spool = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        await using (spool.ConfigureAwait(false))
        {
            await write(spool, cancellationToken).ConfigureAwait(false);
            await spool.FlushAsync(cancellationToken).ConfigureAwait(false);
            spool.Position = 0;
            return await fileUploads.AddAsync(filename, spool, userId: null, cancellationToken).ConfigureAwait(false)
                ?? throw new ProcessFailedException($"The result {filename} is larger than this installation allows ({UploadOptions.Variable}).");
        }
    }
}
