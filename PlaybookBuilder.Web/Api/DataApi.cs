using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Api;

/// <summary>
/// Stored values by their content ids, for the browser: whole, as a table, as a library of sets. What an id names never changes, so every answer may be kept for good.
/// </summary>
public static class DataApi
{
    private const string KeepForGood = "private, max-age=31536000, immutable";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapData(this IEndpointRouteBuilder routes)
    {
        var data = routes.MapGroup("api/data/{id:guid}").WithTags("Data");
        data.MapMethods("", GetOrHead, GetValueAsync).WithSummary("A stored value as JSON");
        data.MapMethods("table.{format:regex(^(csv|tsv|json)$)}", GetOrHead, GetTableAsync).WithSummary("A stored value as a table, filtered and sorted as asked");
        data.MapMethods("library.{format:regex(^(gmt|dmt)$)}", GetOrHead, GetLibraryAsync).WithSummary("A stored value as a library of labelled sets");
        return routes;
    }

    private static async Task<Results<ValueAnswer, ProblemHttpResult>> GetValueAsync(Guid id, IPlaybookStore store, CancellationToken cancellationToken) =>
        await FindAsync(store, id, cancellationToken) is { } datum
            ? new ValueAnswer(id, "application/json", null, (stream, cancel) => stream.WriteAsync(Utf8.GetBytes(datum.Value), cancel).AsTask())
            : NotFound(id);

    private static async Task<Results<ValueAnswer, ProblemHttpResult>> GetTableAsync(Guid id, string format, HttpRequest request, IPlaybookStore store, ComponentCatalog catalog, ResultTables tables, CancellationToken cancellationToken)
    {
        if (await FindAsync(store, id, cancellationToken) is not { } datum) return NotFound(id);
        if (catalog.FindDataType(datum.Type) is not { } type || tables.Find(type.ClrType) is not { } table) return NoSuchForm(datum, "a table");

        var content = table.Tabulate(type.Decode(datum));
        var query = TableQuery.Parse(request.Query);
        return new ValueAnswer(id, MediaType(format), FileName(type, format), (stream, cancel) => WriteAsync(content, query, format, stream, cancel));
    }

    private static async Task<Results<ValueAnswer, ProblemHttpResult>> GetLibraryAsync(Guid id, string format, IPlaybookStore store, ComponentCatalog catalog, ResultTables tables, CancellationToken cancellationToken)
    {
        if (await FindAsync(store, id, cancellationToken) is not { } datum) return NotFound(id);
        if (catalog.FindDataType(datum.Type) is not { } type || tables.Find(type.ClrType) is not { } table || table.LibraryFormat != format) return NoSuchForm(datum, format.ToUpperInvariant());

        var lines = table.ToLibrary(type.Decode(datum));
        return new ValueAnswer(id, MediaType(format), FileName(type, format), async (stream, cancel) =>
        {
            await using var writer = new StreamWriter(stream, Utf8);
            foreach (var line in lines) await writer.WriteAsync($"{line}\n".AsMemory(), cancel);
        });
    }

    private static async Task WriteAsync(TableContent content, TableQuery query, string format, Stream stream, CancellationToken cancellationToken)
    {
        if (format == "json")
        {
            await TableWriter.WriteJsonAsync(content, query, stream, cancellationToken);
            return;
        }

        await using var writer = new StreamWriter(stream, Utf8);
        await (format == "csv" ? TableWriter.WriteCsvAsync(content, query, writer, cancellationToken) : TableWriter.WriteTsvAsync(content, query, writer, cancellationToken));
    }

    private static async Task<Datum?> FindAsync(IPlaybookStore store, Guid id, CancellationToken cancellationToken) =>
        (await store.FindDataAsync([id], cancellationToken)).GetValueOrDefault(id);

    private static ProblemHttpResult NotFound(Guid id) => TypedResults.Problem($"There is no value {id}.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NoSuchForm(Datum datum, string form) => TypedResults.Problem($"A value of {datum.Type} can't be had as {form}.", statusCode: StatusCodes.Status404NotFound);

    private static string MediaType(string format) => format switch
    {
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        _ => "text/tab-separated-values; charset=utf-8",
    };

    private static string FileName(DataType type, string format) => $"{type.Description.Label}.{format}";

    /// <summary>An answer that never changes: an ETag by content, 304 when the client has it, gzip when the client takes it.</summary>
    private sealed record ValueAnswer(Guid Id, string MediaType, string? FileName, Func<Stream, CancellationToken, Task> WriteAsync) : IResult
    {
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

            await using var body = zips ? new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true) : response.Body;
            await WriteAsync(body, httpContext.RequestAborted);
        }

        private static ContentDispositionHeaderValue Attachment(string fileName)
        {
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(fileName);
            return disposition;
        }
    }
}
