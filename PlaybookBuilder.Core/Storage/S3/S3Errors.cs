using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>The one place where exceptions of the S3 client become <see cref="StorageException"/>s.</summary>
internal static class S3Errors
{
    // A part that arrived with other bytes than were sent: the next try sends them again.
    private static readonly HashSet<string> Damaged = ["BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "IncompleteBody"];

    private static readonly HashSet<string> NoSpace = ["QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity"];

    private static readonly HashSet<string> Transient = ["SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "Throttling", "ThrottlingException", "TooManyRequests", "OperationAborted"];

    public static async Task<T> GuardAsync<T>(StoragePath? path, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or SocketException or TimeoutException)
        {
            throw From(error, path);
        }
    }

    public static StorageException From(Exception error, StoragePath? path) => error switch
    {
        AmazonServiceException answer => new StorageException(Kind(answer), Message(answer, path), error),
        // The client says so when it found no credentials, and nothing was sent.
        AmazonClientException => new StorageException(StorageErrorKind.AccessDenied, $"The object store's client could not ask for {Name(path)}: are there credentials?", error),
        _ => Unreachable(error, path),
    };

    public static bool IsMissing(AmazonS3Exception error) => error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode is not "NoSuchBucket";

    public static bool IsPreconditionFailed(AmazonS3Exception error) => error.StatusCode == HttpStatusCode.PreconditionFailed;

    private static StorageErrorKind Kind(AmazonServiceException error) => error switch
    {
        _ when Damaged.Contains(error.ErrorCode) || Transient.Contains(error.ErrorCode) => StorageErrorKind.Unavailable,
        _ when NoSpace.Contains(error.ErrorCode) || error.StatusCode == HttpStatusCode.InsufficientStorage => StorageErrorKind.OutOfSpace,
        { ErrorCode: "KeyTooLongError" or "KeyTooLong" } => StorageErrorKind.InvalidPath,
        { ErrorCode: "NoSuchBucket" } => StorageErrorKind.Failed,
        { StatusCode: HttpStatusCode.NotFound } => StorageErrorKind.NotFound,
        { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } => StorageErrorKind.AccessDenied,
        { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable } => StorageErrorKind.RangeNotSatisfiable,
        { StatusCode: HttpStatusCode.NotImplemented } => StorageErrorKind.Unsupported,
        _ when IsTransient(error.StatusCode) => StorageErrorKind.Unavailable,
        _ => StorageErrorKind.Failed,
    };

    /// <summary>0 is no answer at all.</summary>
    private static bool IsTransient(HttpStatusCode status) =>
        status is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static string Message(AmazonServiceException error, StoragePath? path) =>
        Kind(error) switch
        {
            StorageErrorKind.NotFound => $"There is no {Name(path)} in the storage.",
            StorageErrorKind.AccessDenied => $"The object store refuses access to {Name(path)} ({Code(error)}): look at the credentials and at their rights.",
            _ => $"The object store answered {Code(error)} for {Name(path)}.",
        };

    private static string Code(AmazonServiceException error) => string.IsNullOrEmpty(error.ErrorCode) ? $"{(int)error.StatusCode}" : $"{(int)error.StatusCode} {error.ErrorCode}";

    private static StorageException Unreachable(Exception error, StoragePath? path) => new(StorageErrorKind.Unavailable, $"The object store can't be reached for {Name(path)}.", error);

    private static string Name(StoragePath? path) => path is null ? "the storage's bucket" : $"'{path}'";
}
