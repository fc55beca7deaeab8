using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>The files of the storage's folder on the server, by the server's paths. Links are followed where a path names them, as the server does it; what its user may not read stays closed.</summary>
internal sealed class SftpFolder(SftpSettings settings) : IDisposable
{
    // All below one name, so that looking for what was left needs no walk through the whole store. No path can have it.
    private const string TemporaryFolder = $"{StoragePath.ReservedPrefix}writes";

    // How often a folder may be removed by others just before something is put into it, or a file be replaced just while it is opened.
    private const int Attempts = 50;

    private readonly SftpConnection _connection = new(settings);

    public string Temporary { get; } = $"{settings.Root}/{TemporaryFolder}";

    public string FileOf(StoragePath? path) => path is null ? settings.Root : $"{settings.Root}/{path}";

    public void Dispose() => _connection.Dispose();

    /// <summary>Null when there is no such file.</summary>
    public Task<SftpFileIdentity?> StatAsync(StoragePath? path, string file, CancellationToken cancellationToken) =>
        _connection.CallAsync(path, (client, token) => FindAsync(client, file, token), cancellationToken);

    /// <summary>Opens a file, and says which one it was: null when there is none.</summary>
    public Task<(SftpContent Content, SftpFileIdentity Identity)?> OpenAsync(StoragePath path, CancellationToken cancellationToken) =>
        _connection.CallAsync<(SftpContent, SftpFileIdentity)?>(path, async (client, token) =>
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if (await FindAsync(client, FileOf(path), token).ConfigureAwait(false) is not { } before) return null;
                if (await TryOpenAsync(client, FileOf(path), token).ConfigureAwait(false) is not { } file) continue;
                var content = new SftpContent(file, client, _connection);
                // The protocol's client does not tell this of an open file.
                if (await FindAsync(client, FileOf(path), token).ConfigureAwait(false) == before) return (content, before);

                await content.DisposeAsync().ConfigureAwait(false);
            }

            throw new StorageException(StorageErrorKind.Unavailable, $"'{path}' is being replaced all the time.");
        }, cancellationToken);

    /// <summary>The files and folders in a folder; none when there is no such folder.</summary>
    public Task<List<ISftpFile>> ListAsync(StoragePath? path, string folder, CancellationToken cancellationToken) => _connection.CallAsync(path, async (client, token) =>
    {
        var entries = new List<ISftpFile>();
        try
        {
            await foreach (var entry in client.ListDirectoryAsync(folder, token).ConfigureAwait(false))
            {
                if (entry.Name is not "." and not "..") entries.Add(entry);
            }
        }
        catch (SftpPathNotFoundException)
        {
            entries.Clear();
        }

        return entries;
    }, cancellationToken);

    /// <summary>Writes a part of a temporary file, which the first part makes. Done twice it is the same.</summary>
    public Task WriteAsync(string file, long offset, PartBuffer bytes, CancellationToken cancellationToken) => _connection.CallAsync(path: null, async (client, token) =>
    {
        var content = await OpenToWriteAsync(client, file, token).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            content.Position = offset;
            await bytes.Open().CopyToAsync(content, token).ConfigureAwait(false);
            await content.FlushAsync(token).ConfigureAwait(false);
        }

        return bytes.Length;
    }, cancellationToken);

    /// <summary>Gives a file that was written a tag of its own.</summary>
    public Task<SftpFileIdentity> TagAsync(StoragePath path, string file, CancellationToken cancellationToken)
    {
        var tag = SftpFileIdentity.NewTag();
        return _connection.CallAsync(path, async (client, token) =>
        {
            var attributes = await client.GetAttributesAsync(file, token).ConfigureAwait(false);
            attributes.LastAccessTimeUtc = DateTimeOffset.FromUnixTimeSeconds(tag).UtcDateTime;
            await RunAsync(() => client.SetAttributes(file, attributes), token).ConfigureAwait(false);
            return SftpFileIdentity.Of(await client.GetAttributesAsync(file, token).ConfigureAwait(false));
        }, cancellationToken);
    }

    /// <summary>Renames a file in one step, in place of the one that is there.</summary>
    /// <param name="identity">Of the file: tells a try that got through although its answer was lost.</param>
    /// <returns>Whether there was such a file.</returns>
    public Task<bool> RenameAsync(string file, StoragePath destination, SftpFileIdentity identity, CancellationToken cancellationToken) => _connection.CallAsync(destination, async (client, token) =>
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await RunAsync(() => client.RenameFile(file, FileOf(destination), isPosix: true), token).ConfigureAwait(false);
                return true;
            }
            catch (SftpPathNotFoundException)
            {
                if (await FindAsync(client, file, token).ConfigureAwait(false) is null) return await FindAsync(client, FileOf(destination), token).ConfigureAwait(false) == identity;

                await MakeFolderAsync(client, FileOf(destination.Folder), token).ConfigureAwait(false);
            }
            catch (SftpException error) when (error.StatusCode == StatusCode.Failure)
            {
                if (await FindAnyAsync(client, FileOf(destination), token).ConfigureAwait(false) is not { IsDirectory: true }) throw;
                // One that a writer left empty is no folder of the storage.
                if (!await TryRemoveFolderAsync(client, FileOf(destination), token).ConfigureAwait(false)) throw new StorageException(StorageErrorKind.Conflict, $"'{destination}' is a folder with blobs in it.", error);
            }
        }

        throw new StorageException(StorageErrorKind.Unavailable, $"The folder of '{destination}' is being removed all the time.");
    }, cancellationToken);

    /// <summary>Deletes a file, if it is there, and the folders that become empty: a folder is there only as long as blobs are in it.</summary>
    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => _connection.CallAsync(path, async (client, token) =>
    {
        if (await FindAsync(client, FileOf(path), token).ConfigureAwait(false) is not null) await TryDeleteAsync(client, FileOf(path), token).ConfigureAwait(false);

        for (var folder = path.Folder; folder is not null && await TryRemoveFolderAsync(client, FileOf(folder), token).ConfigureAwait(false); folder = folder.Folder)
        {
        }

        return true;
    }, cancellationToken);

    /// <summary>Removes a temporary file, if it is there.</summary>
    public Task<bool> DropAsync(string file, CancellationToken cancellationToken) => _connection.CallAsync(path: null, (client, token) => TryDeleteAsync(client, file, token), cancellationToken);

    private static async Task<SftpFileIdentity?> FindAsync(SftpClient client, string file, CancellationToken cancellationToken) =>
        await FindAnyAsync(client, file, cancellationToken).ConfigureAwait(false) is { IsRegularFile: true } found ? SftpFileIdentity.Of(found) : null;

    private static async Task<SftpFileAttributes?> FindAnyAsync(SftpClient client, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAttributesAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }

    private static async Task<SftpFileStream?> TryOpenAsync(SftpClient client, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await client.OpenAsync(file, FileMode.Open, FileAccess.Read, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }

    private async Task<SftpFileStream> OpenToWriteAsync(SftpClient client, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await client.OpenAsync(file, FileMode.OpenOrCreate, FileAccess.Write, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            await MakeFolderAsync(client, Temporary, cancellationToken).ConfigureAwait(false);
            return await client.OpenAsync(file, FileMode.OpenOrCreate, FileAccess.Write, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MakeFolderAsync(SftpClient client, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateDirectoryAsync(folder, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException) when (folder.LastIndexOf('/') is > 0 and var slash)
        {
            await MakeFolderAsync(client, folder[..slash], cancellationToken).ConfigureAwait(false);
            await TryMakeFolderAsync(client, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpException error) when (error.StatusCode == StatusCode.Failure)
        {
            // That it is there already has no code of its own.
            if (await FindAsync(client, folder, cancellationToken).ConfigureAwait(false) is not null)
                throw new StorageException(StorageErrorKind.Conflict, $"'{folder[settings.Root.Length..].TrimStart('/')}' is a blob, so nothing can be below it.", error);
        }
    }

    /// <summary>What stands in the way, or took the folder above away again, is found by whoever puts something into it.</summary>
    private static async Task TryMakeFolderAsync(SftpClient client, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateDirectoryAsync(folder, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpException error) when (error is SftpPathNotFoundException || error.StatusCode == StatusCode.Failure)
        {
        }
    }

    private static async Task<bool> TryDeleteAsync(SftpClient client, string file, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteFileAsync(file, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SftpPathNotFoundException)
        {
            return false;
        }
    }

    /// <returns>False when something is in it, or it may not be removed.</returns>
    private static async Task<bool> TryRemoveFolderAsync(SftpClient client, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteDirectoryAsync(folder, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SftpPathNotFoundException)
        {
            return true;
        }
        catch (SftpException error) when (error is SftpPermissionDeniedException || error.StatusCode == StatusCode.Failure)
        {
            return false;
        }
    }

    /// <summary>For what the client has no asynchronous form of; its own limit ends it where the token came first.</summary>
    private static Task RunAsync(Action action, CancellationToken cancellationToken) => Task.Run(action, cancellationToken).WaitAsync(cancellationToken);
}
