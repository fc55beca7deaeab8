using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Core.Files;

/// <summary>
/// The files that are kept here: our own <c>drs://</c> links are read without a network call. A process reads those that processes made, and the uploads that were granted to a value on which it stands,
/// its own or that of a step before it: steps hand links on to steps.
/// </summary>
internal sealed class PlaybookFiles(UploadContents contents, IUploadStore uploads, FileUploads fileUploads) : IPlaybookFiles
{
    public async Task<Stream> OpenAsync(FileUrl file, CancellationToken cancellationToken)
    {
        var processId = RunningProcess.Id ?? throw new InvalidOperationException("Links are read in the name of a process.");
        // The id alone tells whether a link is ours: it is random, and the host changes when the application moves.
        if (!DrsUri.TryParse(file.Url, out var drs)) throw LostFile.NotHere(file.Filename, file.Url);

        return await uploads.FindForProcessAsync(drs.Id, processId, cancellationToken).ConfigureAwait(false) switch
        {
            { Upload: { UserId: null } made } => await contents.OpenAsync(made, cancellationToken).ConfigureAwait(false),
            { Upload: { } upload, IsGranted: true } => await contents.OpenAsync(upload, cancellationToken).ConfigureAwait(false),
            { Upload: null, IsGranted: true } => throw LostFile.Deleted(file.Filename, file.Url),
            _ => throw LostFile.NotHere(file.Filename, file.Url),
        };
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
