using System.Net;
using System.Net.Sockets;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using Newtonsoft.Json;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>The one place where exceptions of Google's client become <see cref="StorageException"/>s.</summary>
internal static class GcsErrors
{
    public static bool IsOfTheClient(Exception error) =>
        error is GoogleApiException or TokenResponseException or HttpRequestException or IOException or SocketException or JsonException;

    public static StorageException From(Exception error, StoragePath? path) => error switch
    {
        GoogleApiException answer => From(answer.HttpStatusCode, answer.Error?.Message ?? "", path, answer),
        TokenResponseException { StatusCode: { } status } when IsTransient(status) => Unreachable(error, path),
        TokenResponseException => new StorageException(StorageErrorKind.AccessDenied, $"Google gives no token for these credentials, so {Name(path)} is out of reach: look at the service account and its key.", error),
        _ => Unreachable(error, path),
    };

    public static StorageException From(HttpStatusCode status, string message, StoragePath? path, Exception? error = null)
    {
        var kind = Kind(status, message);
        return new StorageException(kind, kind switch
        {
            StorageErrorKind.NotFound => $"There is no {Name(path)} in the storage.",
            StorageErrorKind.AccessDenied => $"The object store refuses access to {Name(path)} ({(int)status}): look at the credentials and at their rights.",
            _ => $"The object store answered {(int)status} for {Name(path)}.",
        }, error);
    }

    /// <summary>Whether the object is missing, and not the bucket.</summary>
    public static bool IsMissing(HttpStatusCode status, string message) => Kind(status, message) == StorageErrorKind.NotFound;

    private static StorageErrorKind Kind(HttpStatusCode status, string message) => status switch
    {
        HttpStatusCode.NotFound when message.Contains("bucket does not exist", StringComparison.OrdinalIgnoreCase) => StorageErrorKind.Failed,
        HttpStatusCode.NotFound => StorageErrorKind.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => StorageErrorKind.AccessDenied,
        HttpStatusCode.RequestedRangeNotSatisfiable => StorageErrorKind.RangeNotSatisfiable,
        HttpStatusCode.InsufficientStorage => StorageErrorKind.OutOfSpace,
        // Bytes that arrived with another checksum than was sent with them: the next try sends them again.
        HttpStatusCode.BadRequest when message.Contains("doesn't match calculated", StringComparison.Ordinal) => StorageErrorKind.Unavailable,
        _ when IsTransient(status) => StorageErrorKind.Unavailable,
        _ => StorageErrorKind.Failed,
    };

    private static bool IsTransient(HttpStatusCode status) =>
        status is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static StorageException Unreachable(Exception error, StoragePath? path) => new(StorageErrorKind.Unavailable, $"The object store can't be reached for {Name(path)}.", error);

    private static string Name(StoragePath? path) => path is null ? "the storage's bucket" : $"'{path}'";
}
