using System.Net;
using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>The one place where answers and exceptions of the network become <see cref="WesException"/>s.</summary>
internal static class WesErrors
{
    /// <summary>From <c>{msg, status_code}</c>, or whatever stands before the service.</summary>
    public static WesException From(HttpStatusCode status, byte[] body, string token)
    {
        var kind = status switch
        {
            HttpStatusCode.BadRequest => WesErrorKind.Refused,
            HttpStatusCode.Unauthorized => WesErrorKind.Unauthorized,
            HttpStatusCode.Forbidden => WesErrorKind.Forbidden,
            HttpStatusCode.NotFound => WesErrorKind.NotFound,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => WesErrorKind.Unavailable,
            _ => WesErrorKind.Failed,
        };
        var message = kind == WesErrorKind.Unauthorized
            ? "The workflow execution service does not accept the authentication token: it is wrong or has expired."
            : $"The workflow execution service answered {(int)status}: {PlatformConnections.Clean(Read(body), token)}";
        // Only a refusal says that nothing was done: a service or gateway that fails may have passed the request on before.
        return new WesException(kind, message) { Status = (int)status, IsInDoubt = status == HttpStatusCode.RequestTimeout || (int)status >= 500 };
    }

    public static WesException From(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
        ? new WesException(WesErrorKind.Failed, "The answer of the workflow execution service is larger than any right one.", error) { IsInDoubt = true }
        : new WesException(WesErrorKind.Unavailable, "The workflow execution service can't be reached.", error) { IsInDoubt = !PlatformConnections.IsUnsent(error) };

    public static WesException Overdue(TimeSpan limit, Exception error) =>
        new(WesErrorKind.Unavailable, $"The workflow execution service did not answer within {limit.TotalSeconds:0.#} seconds.", error) { IsInDoubt = true };

    /// <summary>It was carried out, whatever it was; what came of it can't be read.</summary>
    public static WesException Malformed(Exception? error = null) => new(WesErrorKind.Failed, "The answer of the workflow execution service is not what the specification says.", error) { IsInDoubt = true };

    private static string? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("msg", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not the service's own answer, or one whose text is no text.
            return null;
        }
    }
}
