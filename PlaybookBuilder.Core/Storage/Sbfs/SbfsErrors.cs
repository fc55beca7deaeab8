using PlaybookBuilder.Core.Cavatica.SevenBridges;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>The one place where exceptions of the platform's client become <see cref="StorageException"/>s.</summary>
internal static class SbfsErrors
{
    private const int NoProject = 3002;

    public static async Task<T> GuardAsync<T>(StoragePath? path, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (SevenBridgesException error)
        {
            throw From(error, path);
        }
    }

    public static StorageException From(SevenBridgesException error, StoragePath? path) => Kind(error) switch
    {
        StorageErrorKind.NotFound when path is not null => StorageException.NotFound(path, error),
        var kind => new StorageException(kind, $"{(path is null ? "The project" : $"'{path}' in the project")} could not be reached: {error.Message}", error),
    };

    private static StorageErrorKind Kind(SevenBridgesException error) => error switch
    {
        { Code: NoProject } => StorageErrorKind.Failed,
        { Status: 507 } => StorageErrorKind.OutOfSpace,
        _ => error.Kind switch
        {
            SevenBridgesErrorKind.NotFound => StorageErrorKind.NotFound,
            SevenBridgesErrorKind.Exists => StorageErrorKind.Conflict,
            SevenBridgesErrorKind.Unauthorized or SevenBridgesErrorKind.Forbidden => StorageErrorKind.AccessDenied,
            SevenBridgesErrorKind.RateLimited or SevenBridgesErrorKind.Maintenance or SevenBridgesErrorKind.Unavailable => StorageErrorKind.Unavailable,
            _ => StorageErrorKind.Failed,
        },
    };
}
