using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Api;

/// <summary>Uploads, streamed into the storage as they arrive.</summary>
internal static class FileUploadApi
{
    public const string Path = "/api/v1/components/core/file/upload";

    private const int LongestBoundary = 200;

    public static IEndpointRouteBuilder MapFileUploadApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, UploadAsync)
            .RequireAuthorization()
            .NeedsScope(AccessScopes.Upload)
            .WithTags("Files")
            .WithSummary("Uploads files as multipart/form-data, under any field names, and answers with their addresses by field.")
            .Accepts<IFormFile>("multipart/form-data")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        return routes;
    }

    private static async Task<Results<Ok<Dictionary<string, List<FileUrl>>>, ProblemHttpResult>> UploadAsync(
        HttpContext context, ClaimsPrincipal user, FileUploads uploads, IOptions<UploadOptions> limits, CancellationToken cancellationToken)
    {
        if (BoundaryOf(context.Request) is not { } boundary) return Problem(StatusCodes.Status415UnsupportedMediaType, "Send files as multipart/form-data.");

        // Files have a limit of their own, which the ingest keeps.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var files = new Dictionary<string, List<FileUrl>>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, context.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (part.AsFileSection() is not { FileStream: { } body } file || file.FileName.Length == 0) continue;
                if (await uploads.AddAsync(NameOf(file), body, user.UserId(), cancellationToken) is not { } url) throw UploadRefusedException.TooLarge(limits.Value.MaxBytes);

                var field = Unescape(file.Name);
                if (!files.TryGetValue(field, out var ofField)) files[field] = ofField = [];
                ofField.Add(url);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return Problem(StatusCodes.Status400BadRequest, $"The upload broke off or is malformed: {exception.Message}");
        }

        return files.Count == 0 ? Problem(StatusCodes.Status400BadRequest, "There is no file in the upload.") : TypedResults.Ok(files);
    }

    // What stands as filename* is in an encoding of its own, which is undone already.
    private static string NameOf(FileMultipartSection file) =>
        file.Section.GetContentDispositionHeader() is { FileNameStar.Length: > 0 } ? file.FileName : Unescape(file.FileName);

    /// <summary>Browsers write these three so, and no others (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data).</summary>
    private static string Unescape(string name) => name.Replace("%22", "\"", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal);

    private static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= LongestBoundary } ? boundary : null;
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
