using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace PlaybookBuilder.Web.Api;

/// <summary>An answer that never changes: an ETag by content, 304 when the client has it, gzip when the client takes it.</summary>
internal sealed record ValueAnswer(Guid Id, string MediaType, string? FileName, Func<Stream, CancellationToken, Task> WriteAsync) : IResult
{
    private const string KeepForGood = "private, max-age=31536000, immutable";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        // Weak: the same value, whatever its encoding.
        var tag = new EntityTagHeaderValue($"\"{Id}\"", isWeak: true);
        response.GetTypedHeaders().ETag = tag;
        response.Headers.CacheControl = KeepForGood;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = MediaType;
        if (FileName is not null) response.GetTypedHeaders().ContentDisposition = Attachment(FileName);
        var zips = request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality is not 0);
        if (zips) response.Headers.ContentEncoding = "gzip";
        if (HttpMethods.IsHead(request.Method)) return;

        if (!zips)
        {
            await WriteAsync(response.Body, httpContext.RequestAborted);
            return;
        }

        await using var zip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await WriteAsync(zip, httpContext.RequestAborted);
    }

    private static ContentDispositionHeaderValue Attachment(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        return disposition;
    }
}
