using PlaybookBuilder.Core.Components.Files;

namespace PlaybookBuilder.Core.Files;

/// <summary>The files that processes read and write.</summary>
public interface IPlaybookFiles
{
    /// <summary>Opens a file for reading from its beginning, in the name of the process that runs.</summary>
    /// <exception cref="Catalog.ProcessFailedException">The file does not exist any more, or the process may not read it, or its address can't be read.</exception>
    /// <exception cref="Catalog.TransientException">Where the file is kept does not answer.</exception>
    Task<Stream> OpenAsync(FileUrl file, CancellationToken cancellationToken);

    /// <summary>Keeps what <paramref name="write"/> writes, under its sha256, and gives its address.</summary>
    Task<FileUrl> CreateAsync(string filename, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);
}
