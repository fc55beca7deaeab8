using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Net.Http.Headers;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Web.Api.Files;

/// <summary>
/// The bytes of an upload: all, or the ranges that are asked for. Always an attachment, and shown as one its scripts run nowhere: nothing that somebody uploaded is a page of this application.
/// </summary>
/// <exception cref="StorageException">The bytes are gone or not those that they were; told before anything is sent.</exception>
internal sealed class FileAnswer(Upload upload, UploadContents contents) : IResult
{
    // Large reads, each straight into what the server sends, are what keeps up with a server that lets the kernel copy.
    private const int BufferSize = 256 * 1024;

    private const string Policy = "default-src 'none'; sandbox";
    private const string Boundary = "3e8a5f0c9d2b4716";

    private readonly EntityTagHeaderValue _tag = new($"\"{upload.Sha256}\"");

    // HTTP tells time by the second.
    private readonly DateTimeOffset _modified = DateTimeOffset.FromUnixTimeSeconds(upload.Created.ToUnixTimeSeconds());

    private readonly string _type = FileMediaTypes.Of(upload.Filename);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request.GetTypedHeaders(), httpContext.Response);
        if (FileRanges.Evaluate(request, _tag, _modified) is { } status)
        {
            WriteHeaders(response);
            response.StatusCode = status;
            return;
        }

        var ranges = FileRanges.Read(request, _tag, _modified, upload.Size);
        if (ranges is { Count: 0 })
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{upload.Size}";
            return;
        }

        await contents.CheckAsync(upload, httpContext.RequestAborted);
        WriteHeaders(response);
        await (ranges switch
        {
            null => SendAsync(httpContext, null, upload.Size),
            [var one] => SendOneAsync(httpContext, one),
            _ => SendManyAsync(httpContext, ranges),
        });
    }

    private void WriteHeaders(HttpResponse response)
    {
        var headers = response.GetTypedHeaders();
        headers.ETag = _tag;
        headers.LastModified = _modified;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(upload.Filename);
        headers.ContentDisposition = disposition;
        response.ContentType = _type;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(upload.Sha256))}:";
    }

    private Task SendOneAsync(HttpContext context, ByteRange range)
    {
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = Describe(range);
        return SendAsync(context, range, range.Length!.Value);
    }

    private async Task SendAsync(HttpContext context, ByteRange? range, long length)
    {
        context.Response.ContentLength = length;
        if (HeadRequests.IsHead(context) || length == 0) return;

        // What can't be opened is told as an error, so it is opened before anything is sent.
        await using var source = await contents.ReadAsync(upload, range, context.RequestAborted);
        await CopyAsync(context, source, length);
    }

    // RFC 9110, 14.6.
    private async Task SendManyAsync(HttpContext context, IReadOnlyList<ByteRange> ranges)
    {
        byte[][] heads = [.. ranges.Select((range, i) => Encoding.ASCII.GetBytes($"{(i == 0 ? "" : "\r\n")}--{Boundary}\r\nContent-Type: {_type}\r\nContent-Range: {Describe(range)}\r\n\r\n"))];
        var tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.ContentType = $"multipart/byteranges; boundary={Boundary}";
        context.Response.ContentLength = ranges.Zip(heads).Sum(static part => part.Second.Length + part.First.Length!.Value) + tail.Length;
        if (HeadRequests.IsHead(context)) return;

        for (var i = 0; i < ranges.Count; i++)
        {
            await using var source = await contents.ReadAsync(upload, ranges[i], context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync(heads[i], context.RequestAborted);
            await CopyAsync(context, source, ranges[i].Length!.Value);
        }

        await context.Response.BodyWriter.WriteAsync(tail, context.RequestAborted);
    }

    private static async Task CopyAsync(HttpContext context, Stream source, long length)
    {
        PipeWriter target = context.Response.BodyWriter;
        while (length > 0)
        {
            var buffer = target.GetMemory(BufferSize);
            var read = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length)], context.RequestAborted);
            if (read == 0) throw new StorageException(StorageErrorKind.Failed, $"The bytes ended {length} too early.");

            target.Advance(read);
            length -= read;
            if ((await target.FlushAsync(context.RequestAborted)).IsCompleted) return;
        }
    }

    private string Describe(ByteRange range) => string.Create(CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{upload.Size}");
}
