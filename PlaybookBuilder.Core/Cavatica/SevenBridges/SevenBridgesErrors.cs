using System.Net;
using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>The one place where answers and exceptions of the network become <see cref="SevenBridgesException"/>s.</summary>
internal static class SevenBridgesErrors
{
    // "Failed to reserve part for upload. Try again."
    private const int PartNotReserved = 8008;

    /// <summary>From <c>{status, code, message, more_info}</c>; gateways before the platform answer in other forms, of which the status is all that counts.</summary>
    public static SevenBridgesException From(HttpStatusCode status, byte[] body, string token)
    {
        var (code, text) = Read(body);
        var kind = Kind(status, code);
        var reason = PlatformConnections.Clean(text, token);
        var message = kind switch
        {
            SevenBridgesErrorKind.Unauthorized => "The platform does not accept the authentication token: it is wrong or has expired.",
            SevenBridgesErrorKind.Maintenance => "The platform is being maintained.",
            SevenBridgesErrorKind.RateLimited => "The platform takes no more requests with this token at the moment.",
            _ => $"The platform answered {(int)status}{(code is null ? "" : $" (code {code})")}: {reason}",
        };
        // A gateway that gives up does not know what became of the request behind it.
        return new SevenBridgesException(kind, message) { Status = (int)status, Code = code, IsInDoubt = status is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout };
    }

    /// <summary>An answer that did not come, or not to its end.</summary>
    public static SevenBridgesException From(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
        ? new SevenBridgesException(SevenBridgesErrorKind.Failed, "The platform's answer is larger than any right one.", error)
        : new SevenBridgesException(SevenBridgesErrorKind.Unavailable, "The platform can't be reached.", error) { IsInDoubt = !PlatformConnections.IsUnsent(error) };

    public static SevenBridgesException Overdue(TimeSpan limit, Exception error) =>
        new(SevenBridgesErrorKind.Unavailable, $"The platform did not answer within {limit.TotalSeconds:0.#} seconds.", error) { IsInDoubt = true };

    public static SevenBridgesException Malformed(Exception? error = null) => new(SevenBridgesErrorKind.Failed, "The platform's answer is not what its documentation says.", error);

    private static SevenBridgesErrorKind Kind(HttpStatusCode status, int? code) => status switch
    {
        HttpStatusCode.Unauthorized => SevenBridgesErrorKind.Unauthorized,
        HttpStatusCode.Forbidden => SevenBridgesErrorKind.Forbidden,
        HttpStatusCode.NotFound => SevenBridgesErrorKind.NotFound,
        HttpStatusCode.TooManyRequests => SevenBridgesErrorKind.RateLimited,
        HttpStatusCode.ServiceUnavailable when code == 0 => SevenBridgesErrorKind.Maintenance,
        HttpStatusCode.Conflict when code == PartNotReserved => SevenBridgesErrorKind.Unavailable,
        HttpStatusCode.Conflict when code is { } number && IsTaken(number) => SevenBridgesErrorKind.Exists,
        HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => SevenBridgesErrorKind.Unavailable,
        _ => SevenBridgesErrorKind.Failed,
    };

    /// <summary>Each service of the platform numbers "already exists" as its third error; of folders and uploads there are more.</summary>
    private static bool IsTaken(int code) => code is 2003 or 3003 or 5003 or 5030 or 6003 or 8005 or 8006;

    private static (int? Code, string? Text) Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return (null, null);

            var code = root.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : (int?)null;
            return (code, root.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not the platform's own answer, or one whose text is no text.
            return (null, null);
        }
    }
}
