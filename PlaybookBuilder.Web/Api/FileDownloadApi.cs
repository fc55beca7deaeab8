using System.Net.Mime;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>
/// Files by their addresses, as they are kept or, for tables, as CSV or TSV. Always an attachment of bytes: nothing that somebody uploaded is shown as a page of this application.
/// </summary>
internal static class FileDownloadApi
{
    public const string Path = "/api/v1/components/core/file/download";

    public static IEndpointRouteBuilder MapFileDownloadApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, DownloadAsync)
            .RequireAuthorization()
            .WithTags("Files")
            .WithSummary("Sends a file that is kept here, given by its drs:// address; with format=csv or format=tsv a table or matrix in that form.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        return routes;
    }

    private static async Task<Results<FileStreamHttpResult, PushStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        string? url, string? format, HttpResponse response, ClaimsPrincipal user, IUploadStore uploads, UploadContents contents, CancellationToken cancellationToken)
    {
        if (!DrsUri.TryParse(url, out var drs)) return Problem(StatusCodes.Status400BadRequest, "Say which file: url=drs://host/id.");
        if (format is not null && TableFormat.Find(format) is null) return Problem(StatusCodes.Status400BadRequest, $"The format '{format}' is not known; it may be csv, tsv, or left out for the file as it is.");
        if (await uploads.FindAsync(drs.Id, cancellationToken) is not { } upload || !upload.IsReadableBy(user.ToActor())) return Problem(StatusCodes.Status404NotFound, $"The file {url} is not here.");

        UploadContents.RequireSound(upload);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-cache";
        try
        {
            return format is not null && TableFormat.Find(format) is { } table
                ? await ConvertAsync(upload, table, contents, cancellationToken)
                : TypedResults.Stream(await contents.OpenAsync(upload, cancellationToken), MediaTypeNames.Application.Octet, upload.Filename, entityTag: Tag(upload.Sha256), enableRangeProcessing: true);
        }
        catch (ProcessFailedException exception)
        {
            return Problem(StatusCodes.Status404NotFound, exception.Message);
        }
        catch (TransientException exception)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
        catch (MatrixFormatException exception)
        {
            return Problem(StatusCodes.Status422UnprocessableEntity, $"{upload.Filename} is no table: {exception.Message}");
        }
    }

    private static async Task<PushStreamHttpResult> ConvertAsync(Upload upload, TableFormat format, UploadContents contents, CancellationToken cancellationToken)
    {
        var write = await TableConversion.ReadAsync(token => contents.OpenAsync(upload, token), format.Delimiter, cancellationToken);
        return TypedResults.Stream(target => write(target, cancellationToken), format.MediaType, format.Rename(upload.Filename), entityTag: Tag($"{upload.Sha256}-{format.Name}"));
    }

    private static EntityTagHeaderValue Tag(string text) => new($"\"{text}\"");

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
