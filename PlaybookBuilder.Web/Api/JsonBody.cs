using System.Text.Json;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>Reads the JSON body of a request.</summary>
internal static class JsonBody
{
    /// <summary>The longest body that is taken, in bytes.</summary>
    public const int Longest = 8 * 1024 * 1024;

    /// <exception cref="BadHttpRequestException">It is not declared as JSON, or too long.</exception>
    /// <exception cref="WorkflowException">It is not JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType()) throw new BadHttpRequestException("The body is to be JSON, declared as Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);

        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException exception)
        {
            throw WorkflowException.Invalid($"The body is not JSON: {exception.Message}");
        }
    }
}
