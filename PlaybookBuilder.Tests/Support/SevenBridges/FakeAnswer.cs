using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>An answer of the fake platform; errors in the documented form.</summary>
/// <param name="Body">Null is none.</param>
/// <param name="Total">How many entries a listing has on all its pages.</param>
internal sealed record FakeAnswer(int Status, object? Body = null, int? Total = null)
{
    public static FakeAnswer Error(int status, int code, string message) => new(status, new { status, code, message, more_info = $"https://docs.cavatica.org/docs/api-status-codes#section-{code}" });

    public static FakeAnswer NoFile() => Error(404, 5002, "Requested file does not exist.");

    public static FakeAnswer FileExists() => Error(409, 5003, "Requested file already exists.");

    public static FakeAnswer NoUpload() => Error(404, 8003, "Requested upload does not exist.");

    public static FakeAnswer Page<T>(HttpRequest request, IReadOnlyList<T> all, Func<T, object> toJson)
    {
        var offset = int.TryParse(request.Query["offset"], out var first) ? first : 0;
        var limit = int.TryParse(request.Query["limit"], out var most) ? Math.Min(most, 100) : 50;
        return new FakeAnswer(200, new { href = $"{request.Path}", items = all.Skip(offset).Take(limit).Select(toJson), links = Array.Empty<object>() }, all.Count);
    }

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (Total is not null) response.Headers["X-Total-Matching-Query"] = $"{Total}";
        if (Body is null) return;

        response.ContentType = "application/json";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Body);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }
}
