using System.Buffers;
using System.Text.Json;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>Reads the JSON body of a request.</summary>
internal static class JsonBody
{
    /// <summary>The longest body that is taken, in bytes.</summary>
    public const int Longest = 8 * 1024 * 1024;

    /// <summary>
    /// Where the server stops listening. Beyond <see cref="Longest"/>, so that a client that sends somewhat more hears why before
    /// its connection ends.
    /// </summary>
    public const int ServerLimit = 4 * Longest;

    /// <exception cref="BadHttpRequestException">It is not declared as JSON, or too long.</exception>
    /// <exception cref="WorkflowException">It is not JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType()) throw new BadHttpRequestException("The body is to be JSON, declared as Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);

        var body = await ReadAllAsync(request);
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw WorkflowException.Invalid($"The body is not JSON: {exception.Message}");
        }
    }

    private static async Task<byte[]> ReadAllAsync(HttpRequest request)
    {
        if (request.ContentLength > Longest) throw TooLong();

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > Longest)
            {
                // What is left is for the server to read away; while a read is open it would cut the connection instead, and the next request on it.
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw TooLong();
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static BadHttpRequestException TooLong() => new($"The body is longer than {Longest} bytes.", StatusCodes.Status413PayloadTooLarge);
}
