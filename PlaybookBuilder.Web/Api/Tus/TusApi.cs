using System.Globalization;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files.Resumable;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Api.Tus;

/// <summary>Resumable uploads by tus 1.0 (https://tus.io/protocols/resumable-upload). An upload that is complete says where its file is: by a header of the last answer, and as JSON to GET.</summary>
internal static class TusApi
{
    public const string Path = "/api/v1/uploads/tus";

    private const int ChecksumMismatch = 460;

    public static IEndpointRouteBuilder MapTusApi(this IEndpointRouteBuilder routes)
    {
        var tus = routes.MapGroup(Path).AddEndpointFilter<RouteGroupBuilder, TusRules>().WithTags("Files");
        tus.MapMethods("", [HttpMethods.Options], Discover).Describe(new("What is spoken of tus", "Version, extensions, checksums and the largest size, as headers.") { Gives = null });
        var own = tus.MapGroup("").RequireAuthorization().NeedsScope(AccessScopes.Upload);
        own.MapPost("", CreateAsync).Describe(new("Begin a resumable upload", "As tus 1.0 says, with `Upload-Length`, and `Upload-Metadata: filename ...`; the header `Location` of the answer, 201, is the upload's address. A body is its beginning.") { Gives = null, Refuses = [400, 401, 403, 412, 413, 415, ChecksumMismatch] });
        own.MapGet("/{id}", FindAsync).Describe(new("How far a resumable upload is", "By HEAD as headers, by GET as JSON, with the file once it is complete. 410 says that it expired, or that its file was deleted.") { Gives = ApiSchemas.ResumableUpload, Refuses = [401, 403, 410, 413] });
        own.MapPatch("/{id}", AppendAsync).Describe(new("Send some of a resumable upload", "As tus 1.0 says. With the last of it the header `Upload-Address` tells the file's address; where making the file takes long, ask for the upload by GET.") { Gives = null, Refuses = [400, 401, 403, 409, 410, 412, 413, 415, ChecksumMismatch] });
        own.MapDelete("/{id}", DeleteAsync).Describe(new("Give a resumable upload up", "What came of it is removed. A file that it became stays.") { Gives = null, Refuses = [401, 403, 412] });
        own.MapPost("/{id}", OverrideAsync).Describe(new("The same for clients that can't send PATCH or DELETE", "`X-HTTP-Method-Override` says which of the two is meant.") { Gives = null, Refuses = [400, 401, 403, 409, 410, 412, 413, 415, ChecksumMismatch] });
        return routes;
    }

    private static IResult Discover(HttpContext context, ResumableUploads uploads)
    {
        var headers = context.Response.Headers;
        headers[TusHeaders.Versions] = TusHeaders.Version;
        headers[TusHeaders.Extension] = TusHeaders.Extensions;
        headers[TusHeaders.MaxSize] = uploads.MaxBytes.ToString(CultureInfo.InvariantCulture);
        headers[TusHeaders.ChecksumAlgorithm] = string.Join(',', UploadChecksum.Algorithms);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ResumableUploads uploads)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey(TusHeaders.DeferLength)) throw new ApiRefusal(StatusCodes.Status400BadRequest, $"Say how long the file is by {TusHeaders.Length}; it can't be told later here.");

        var (size, filename) = (TusHeaders.ReadBytes(request, TusHeaders.Length), TusHeaders.ReadFilename(request));
        var hasBody = request.ContentLength is not (null or 0) || request.Headers.TransferEncoding.Count > 0;
        if (hasBody) RequirePatchType(request);
        var checksum = TusHeaders.ReadChecksum(request);
        var upload = await uploads.CreateAsync(context.User.ToActor(), filename, size, context.RequestAborted);
        if (hasBody && await BeginAsync(context, uploads, upload, checksum) is { } refusal) return refusal;

        // Relative to this request's own address, whatever stands before it: a proxy may put a prefix or another host there.
        var address = request.Path.Value!.EndsWith('/') ? upload.Id : $"{Path[(Path.LastIndexOf('/') + 1)..]}/{upload.Id}";
        if (!hasBody) TusHeaders.Write(context.Response, upload);
        context.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    // Whoever is refused knows no address to go on at.
    private static async Task<IResult?> BeginAsync(HttpContext context, ResumableUploads uploads, ResumableUpload upload, UploadChecksum? checksum)
    {
        var isTaken = false;
        try
        {
            var outcome = await SendAsync(context, uploads, upload.Id, 0, checksum);
            isTaken = outcome is null;
            return outcome;
        }
        finally
        {
            if (!isTaken) await uploads.DeleteAsync(context.User.ToActor(), upload.Id, CancellationToken.None);
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext context, ResumableUploads uploads)
    {
        if (await uploads.FindAsync(context.User.ToActor(), id, context.RequestAborted) is not { } upload) return Gone();

        TusHeaders.WriteAll(context.Response, upload);
        return HeadRequests.IsHead(context) ? TypedResults.Ok() : AdminJson.Answer(upload);
    }

    private static async Task<IResult> AppendAsync(string id, HttpContext context, ResumableUploads uploads)
    {
        RequirePatchType(context.Request);
        var (offset, checksum) = (TusHeaders.ReadBytes(context.Request, TusHeaders.Offset), TusHeaders.ReadChecksum(context.Request));
        return await SendAsync(context, uploads, id, offset, checksum) ?? TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, ResumableUploads uploads)
    {
        await uploads.DeleteAsync(context.User.ToActor(), id, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static Task<IResult> OverrideAsync(string id, HttpContext context, ResumableUploads uploads) => context.Request.Headers[TusHeaders.MethodOverride].ToString() switch
    {
        "PATCH" => AppendAsync(id, context, uploads),
        "DELETE" => DeleteAsync(id, context, uploads),
        var other => throw new ApiRefusal(StatusCodes.Status400BadRequest, $"{TusHeaders.MethodOverride} is '{other}'; it is to be PATCH or DELETE."),
    };

    /// <returns>Why the body was refused; null when it is kept.</returns>
    private static async Task<IResult?> SendAsync(HttpContext context, ResumableUploads uploads, string id, long offset, UploadChecksum? checksum)
    {
        try
        {
            // A connection that is cut ends the body by itself, after what came of it; the token would end it before.
            var outcome = await uploads.AppendAsync(context.User.ToActor(), id, offset, context.Request.Body, checksum, CancellationToken.None);
            if (outcome is AppendOutcome.Kept kept) TusHeaders.Write(context.Response, kept.Upload);
            if (outcome is AppendOutcome.Elsewhere place) context.Response.Headers[TusHeaders.Offset] = place.Received.ToString(CultureInfo.InvariantCulture);
            return outcome switch
            {
                AppendOutcome.Kept => null,
                AppendOutcome.Elsewhere elsewhere => Problem(StatusCodes.Status409Conflict, $"The upload has {elsewhere.Received} bytes, so it can't go on at {offset}. Ask for it by HEAD, and go on from there."),
                AppendOutcome.TooMany tooMany => Problem(StatusCodes.Status413PayloadTooLarge, $"The upload lacks {tooMany.Missing} bytes, and more than that was sent."),
                AppendOutcome.Corrupt => TypedResults.Problem("The bytes do not have the checksum that was announced, and were dropped. Send them again.", statusCode: ChecksumMismatch, title: "Checksum Mismatch"),
                _ => Gone(),
            };
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            return Problem(StatusCodes.Status400BadRequest, "The request broke off; what came of it is kept.");
        }
    }

    private static void RequirePatchType(HttpRequest request)
    {
        if (!string.Equals(request.ContentType, TusHeaders.PatchType, StringComparison.OrdinalIgnoreCase)) throw new ApiRefusal(StatusCodes.Status415UnsupportedMediaType, $"Send the bytes as 'Content-Type: {TusHeaders.PatchType}'.");
    }

    private static IResult Gone() => Problem(StatusCodes.Status410Gone, "This upload expired, or the file that it became was deleted. Begin it anew.");

    private static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
