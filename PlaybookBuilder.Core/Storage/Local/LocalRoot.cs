using System.Security.Cryptography;

namespace PlaybookBuilder.Core.Storage.Local;

/// <summary>The folder that a <see cref="LocalStorage"/> stays in: turns paths of the storage into paths of the host, makes and removes folders.</summary>
internal sealed class LocalRoot(string root)
{
    private const int Attempts = 10;

    public string Directory { get; } = Path.TrimEndingDirectorySeparator(root);

    /// <summary>The host's path of a blob or folder; null is the root.</summary>
    /// <remarks>Links below the root are never followed, so that none leads out. This guards against links that lie in the tree, not against a process that swaps them in meanwhile: such a one can write the blobs themselves.</remarks>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.AccessDenied"/> when a part of the path is a link.</exception>
    public string Resolve(StoragePath? path)
    {
        var current = Directory;
        foreach (var name in path?.Value.Split('/') ?? [])
        {
            current = Path.Combine(current, name);
            if (!current.StartsWith(Directory, StringComparison.Ordinal) || new FileInfo(current).LinkTarget is not null)
                throw new StorageException(StorageErrorKind.AccessDenied, $"'{path}' leads through a link.");
        }

        return current;
    }

    /// <summary>Creates a new, empty file for a write in <paramref name="folder"/>, under a name that no path can have.</summary>
    public FileStream CreateTemporary(StoragePath? folder) => InFolder(folder, directory =>
    {
        var name = StoragePath.ReservedPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new FileStream(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    });

    /// <summary>Renames a file to a path of the storage, durably, in place of the blob that is there.</summary>
    public void Rename(string file, StoragePath destination)
    {
        var target = Resolve(destination);
        RefuseFolder(destination, target);
        InFolder(destination.Folder, directory =>
        {
            File.Move(file, target, overwrite: true);
            DirectorySync.Sync(directory);
            return target;
        });
    }

    /// <summary>Removes folders that became empty, from this one up to the root, which stays: a folder is there only as long as blobs are in it.</summary>
    public void RemoveEmptyFolders(string directory)
    {
        try
        {
            while (directory.Length > Directory.Length && !System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
            {
                System.IO.Directory.Delete(directory);
                directory = Path.GetDirectoryName(directory)!;
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else removed it and goes on with its parent.
        }
        catch (IOException) when (System.IO.Directory.Exists(directory))
        {
            // A writer came in between the look and the removal, so the folder is needed.
        }
    }

    /// <summary>Runs an action in a folder that is there, again when <see cref="RemoveEmptyFolders"/> of another thread or process took it away in between.</summary>
    private T InFolder<T>(StoragePath? folder, Func<string, T> action)
    {
        var directory = Resolve(folder);
        for (var attempt = 1; ; attempt++)
        {
            RefuseBlobs(folder);
            try
            {
                Create(directory);
                return action(directory);
            }
            catch (IOException error) when (error is DirectoryNotFoundException or FileNotFoundException && attempt < Attempts)
            {
                // The latter is what .NET says when a third writer has made the folder anew by the time it looks for the reason.
            }
        }
    }

    private void RefuseBlobs(StoragePath? folder)
    {
        for (var part = folder; part is not null; part = part.Folder)
        {
            if (File.Exists(Path.Combine(Directory, part.Value)))
                throw new StorageException(StorageErrorKind.Conflict, $"'{part}' is a blob, so nothing can be below it.");
        }
    }

    private static void RefuseFolder(StoragePath path, string target)
    {
        if (System.IO.Directory.Exists(target))
            throw new StorageException(StorageErrorKind.Conflict, $"'{path}' is a folder with blobs in it.");
    }

    private static void Create(string directory)
    {
        if (System.IO.Directory.Exists(directory))
            return;

        if (Path.GetDirectoryName(directory) is not { } parent)
            throw new DirectoryNotFoundException();

        Create(parent);
        System.IO.Directory.CreateDirectory(directory);
        DirectorySync.Sync(parent);
    }
}
