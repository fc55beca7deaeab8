using System.Security.Cryptography;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>The files of the person at the command line, who may name any that he or she can read.</summary>
internal sealed class CommandLineFiles(OutputFolder folder) : IPlaybookFiles
{
    private const int CharactersOfHash = 12;

    public Task<Stream> OpenAsync(FileUrl file, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(file.Url, UriKind.Absolute, out var address) || !address.IsFile) throw new ProcessFailedException($"The command line reads files of this machine only, not {file.Url}: answer the step with the file itself, as in --input 1=counts.csv.");

        try
        {
            return Task.FromResult<Stream>(new FileStream(address.LocalPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProcessFailedException($"The file {address.LocalPath} can't be read: {exception.Message}", exception);
        }
    }

    public async Task<FileUrl> CreateAsync(string filename, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var pending = Path.Combine(folder.Path, Path.GetRandomFileName());
        try
        {
            var (sha256, size) = await WriteAsync(pending, write, cancellationToken);
            // Two steps may give files of one name; the same content is the same file.
            var path = Path.Combine(folder.Path, $"{sha256[..CharactersOfHash]}-{Path.GetFileName(filename)}");
            File.Move(pending, path, overwrite: true);
            return Of(path, filename, sha256, size);
        }
        finally
        {
            File.Delete(pending);
        }
    }

    /// <summary>The value that names a file of this machine.</summary>
    public static FileUrl Of(string path, string? filename = null, string? sha256 = null, long? size = null) =>
        new(new Uri(Path.GetFullPath(path)).AbsoluteUri, filename ?? Path.GetFileName(path), sha256, size);

    private static async Task<(string Sha256, long Size)> WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, useAsync: true);
        await write(file, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Position = 0;
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), file.Length);
    }
}
