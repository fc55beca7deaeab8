using System.Net.Sockets;
using Azure;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>The one place where exceptions of the Azure client become <see cref="StorageException"/>s.</summary>
internal static class AzureErrors
{
    // Blocks that arrived with other bytes than were sent: the next try sends them again.
    private static readonly HashSet<string> Damaged = ["Md5Mismatch", "Crc64Mismatch"];

    public static async Task<T> GuardAsync<T>(StoragePath? path, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (error is RequestFailedException or HttpRequestException or IOException or SocketException or TimeoutException or AggregateException)
        {
            throw From(error, path);
        }
    }

    public static StorageException From(Exception error, StoragePath? path) => error switch
    {
        RequestFailedException answer => new StorageException(Kind(answer), Message(answer, path), error),
        _ => new StorageException(StorageErrorKind.Unavailable, $"The object store can't be reached for {Name(path)}.", error),
    };

    public static bool IsMissing(RequestFailedException error) => error.Status == 404 && error.ErrorCode is not "ContainerNotFound";

    public static bool IsPreconditionFailed(RequestFailedException error) => error.Status == 412;

    private static StorageErrorKind Kind(RequestFailedException error) => error switch
    {
        _ when IsDamage(error) => StorageErrorKind.Unavailable,
        { ErrorCode: "ContainerNotFound" } => StorageErrorKind.Failed,
        // 0 is no answer at all.
        { Status: 0 or 408 or 429 or 500 or 502 or 503 or 504 } => StorageErrorKind.Unavailable,
        { Status: 404 } => StorageErrorKind.NotFound,
        { Status: 401 or 403 } => StorageErrorKind.AccessDenied,
        { Status: 416 } => StorageErrorKind.RangeNotSatisfiable,
        { Status: 507 } => StorageErrorKind.OutOfSpace,
        _ => StorageErrorKind.Failed,
    };

    /// <summary>Azurite has no code of its own for it.</summary>
    private static bool IsDamage(RequestFailedException error) =>
        (error.ErrorCode is { } code && Damaged.Contains(code)) || (error is { Status: 400, ErrorCode: "InvalidOperation" } && error.Message.Contains("contentMD5", StringComparison.Ordinal));

    private static string Message(RequestFailedException error, StoragePath? path) => Kind(error) switch
    {
        StorageErrorKind.NotFound => $"There is no {Name(path)} in the storage.",
        StorageErrorKind.AccessDenied => $"The object store refuses access to {Name(path)} ({error.Status} {error.ErrorCode}): look at the credentials and at their rights.",
        _ when error.Status == 0 => $"The object store can't be reached for {Name(path)}.",
        _ => $"The object store answered {error.Status} {error.ErrorCode} for {Name(path)}.",
    };

    private static string Name(StoragePath? path) => path is null ? "the storage's container" : $"'{path}'";
}
