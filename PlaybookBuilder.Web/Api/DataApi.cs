using System.Net.Mime;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Api;

/// <summary>
/// Stored values by their content ids, for the browser: whole, as a table, as a library of sets. What an id names never changes, so every answer may be kept for good.
/// </summary>
public static class DataApi
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapData(this IEndpointRouteBuilder routes)
    {
        // What pages fetch; programs have the documented routes of playbooks.
        var data = routes.MapGroup("api/data/{id:guid}").ExcludeFromDescription();
        data.MapMethods("", GetOrHead, GetValueAsync);
        data.MapMethods("table.{format:regex(^(csv|tsv|json)$)}", GetOrHead, GetTableAsync);
        data.MapMethods("library.{format:regex(^(gmt|dmt)$)}", GetOrHead, GetLibraryAsync);
        // Knowing a playbook shows its results, but the bytes of a file need a right of their own.
        data.MapMethods("file", GetOrHead, GetFileAsync).RequireAuthorization();
        data.MapMethods("matrix.csv", GetOrHead, GetMatrixAsync).RequireAuthorization();
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
            await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
            foreach (var line in lines) await writer.WriteAsync($"{line}\n".AsMemory(), cancel);
        });
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetFileAsync(Guid id, ClaimsPrincipal user, IPlaybookStore store, IUploadStore uploads, UploadContents contents, CancellationToken cancellationToken)
    {
        if (await FindAsync(store, id, cancellationToken) is not { } datum) return NotFound(id);
        if (FileOf(datum) is not { } file) return NoSuchForm(datum, "a file");
        if (await FindReadableAsync(file.Url, user, uploads, cancellationToken) is not { } upload) return NotHere(file.Url);

        UploadContents.RequireSound(upload);
        var (stream, problem) = await TryReadAsync(() => contents.OpenAsync(upload, cancellationToken));
        return stream is null ? problem! : TypedResults.Stream(stream, MediaTypeNames.Application.Octet, file.Name);
    }

    private static async Task<Results<ValueAnswer, ProblemHttpResult>> GetMatrixAsync(Guid id, ClaimsPrincipal user, IPlaybookStore store, ComponentCatalog catalog, IUploadStore uploads, UploadContents contents, CancellationToken cancellationToken)
    {
        if (await FindAsync(store, id, cancellationToken) is not { } datum) return NotFound(id);
        if (catalog.FindDataType(datum.Type)?.Decode(datum) is not MatrixFile file) return NoSuchForm(datum, "a matrix");
        if (await FindReadableAsync(file.Url, user, uploads, cancellationToken) is not { } upload) return NotHere(file.Url);

        UploadContents.RequireSound(upload);
        var (data, problem) = await TryReadAsync(async () => await FileReading.ReadAsync(await contents.OpenAsync(upload, cancellationToken), file.File, MatrixReader.ReadAsync, Progress.None, cancellationToken));
        return data is null ? problem! : new ValueAnswer(id, MediaType("csv"), $"{file.Filename}.csv", (stream, cancel) => DelimitedWriter.WriteAsync(data.Matrix, stream, ',', cancel));
    }

    private static async Task<Upload?> FindReadableAsync(string url, ClaimsPrincipal user, IUploadStore uploads, CancellationToken cancellationToken) =>
        DrsUri.TryParse(url, out var drs) && await uploads.FindAsync(drs.Id, cancellationToken) is { } upload && upload.IsReadableBy(user.ToActor()) ? upload : null;

    private static async Task<(T? Value, ProblemHttpResult? Problem)> TryReadAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return (await read(), null);
        }
        catch (ProcessFailedException exception)
        {
            return (null, TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status404NotFound));
        }
        catch (TransientException exception)
        {
            return (null, TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable));
        }
    }

    /// <summary>Every type of file, matrices among them, holds its address and name under the same members.</summary>
    private static (string Url, string Name)? FileOf(Datum datum)
    {
        using var document = JsonDocument.Parse(datum.Value);
        return document.RootElement is { ValueKind: JsonValueKind.Object } value
            && value.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
            && value.TryGetProperty("filename", out var name) && name.ValueKind == JsonValueKind.String
            ? (url.GetString()!, name.GetString()!)
            : null;
    }

    private static async Task WriteAsync(TableContent content, TableQuery query, string format, Stream stream, CancellationToken cancellationToken)
    {
        if (format == "json")
        {
            await TableWriter.WriteJsonAsync(content, query, stream, cancellationToken);
            return;
        }

        await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
        await (format == "csv" ? TableWriter.WriteCsvAsync(content, query, writer, cancellationToken) : TableWriter.WriteTsvAsync(content, query, writer, cancellationToken));
    }

    private static async Task<Datum?> FindAsync(IPlaybookStore store, Guid id, CancellationToken cancellationToken) =>
        (await store.FindDataAsync([id], cancellationToken)).GetValueOrDefault(id);

    private static ProblemHttpResult NotFound(Guid id) => TypedResults.Problem($"There is no value {id}.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NotHere(string url) => TypedResults.Problem($"The file {url} is not here.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NoSuchForm(Datum datum, string form) => TypedResults.Problem($"A value of {datum.Type} can't be had as {form}.", statusCode: StatusCodes.Status404NotFound);

    private static string MediaType(string format) => format switch
    {
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        _ => "text/tab-separated-values; charset=utf-8",
    };

    private static string FileName(DataType type, string format) => $"{type.Description.Label}.{format}";
}
