namespace PlaybookBuilder.Core.Storage.Local;

/// <summary>The one place where exceptions of the file system become <see cref="StorageException"/>s.</summary>
internal static class LocalErrors
{
    // On Unix, .NET puts the errno into HResult. The numbers are those of Linux and, where they differ, of macOS.
    private static readonly HashSet<int> NoSpace = [28 /* ENOSPC */, 122 /* EDQUOT */, 69 /* EDQUOT, macOS */, unchecked((int)0x80070070) /* ERROR_DISK_FULL */];

    private static readonly HashSet<int> Transient =
        [11 /* EAGAIN */, 16 /* EBUSY */, 23 /* ENFILE */, 24 /* EMFILE */, 110 /* ETIMEDOUT */, 116 /* ESTALE */, 60 /* ETIMEDOUT, macOS */, unchecked((int)0x80070020) /* ERROR_SHARING_VIOLATION */];

    public static T Guard<T>(StoragePath? path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (IOException error)
        {
            throw From(error, path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Denied(error, path);
        }
    }

    public static async ValueTask<T> GuardAsync<T>(StoragePath? path, Func<ValueTask<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw From(error, path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Denied(error, path);
        }
    }

    private static StorageException Denied(UnauthorizedAccessException error, StoragePath? path) => new(StorageErrorKind.AccessDenied, $"The file system refuses access to {Name(path)}.", error);

    public static StorageException From(IOException error, StoragePath? path) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => new StorageException(StorageErrorKind.NotFound, $"There is no {Name(path)} in the storage.", error),
        PathTooLongException => new StorageException(StorageErrorKind.InvalidPath, $"The path of {Name(path)} is too long for the file system.", error),
        _ when NoSpace.Contains(error.HResult) => new StorageException(StorageErrorKind.OutOfSpace, $"No space is left for {Name(path)}.", error),
        _ when Transient.Contains(error.HResult) => new StorageException(StorageErrorKind.Unavailable, $"The file system can't answer for {Name(path)} now.", error),
        _ => new StorageException(StorageErrorKind.Failed, $"The file system failed on {Name(path)}.", error),
    };

    private static string Name(StoragePath? path) => path is null ? "the storage's folder" : $"'{path}'";
}
