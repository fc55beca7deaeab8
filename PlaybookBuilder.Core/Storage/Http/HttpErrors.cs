using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>The one place where answers without a file and exceptions of the HTTP client become <see cref="StorageException"/>s.</summary>
internal static class HttpErrors
{
    public static bool IsOfTheClient(Exception error) => error is HttpRequestException or IOException or SocketException;

    public static StorageException From(Exception error, StoragePath? path) => new(StorageErrorKind.Unavailable, $"The web server can't be reached for {Name(path)}.", error);

    public static StorageException From(HttpStatusCode status, StoragePath? path) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new StorageException(StorageErrorKind.NotFound, $"There is no {Name(path)} in the storage."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
            new StorageException(StorageErrorKind.AccessDenied, $"The web server refuses access to {Name(path)} ({(int)status}): look at the headers that it is asked with, and at the rights there."),
        HttpStatusCode.RequestedRangeNotSatisfiable => new StorageException(StorageErrorKind.RangeNotSatisfiable, $"{Name(path)} has nothing where the range begins."),
        // 202 says that it is being fetched from a slower place (GA4GH DRS).
        HttpStatusCode.Accepted or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            new StorageException(StorageErrorKind.Unavailable, $"The web server can't answer for {Name(path)} now ({(int)status})."),
        _ => new StorageException(StorageErrorKind.Failed, $"The web server answered {(int)status} for {Name(path)}."),
    };

    private static string Name(StoragePath? path) => path is null ? "the storage" : $"'{path}'";
}
