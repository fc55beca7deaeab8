using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Api;

/// <summary>A user's uploads.</summary>
internal static class UploadsApi
{
    public static void MapUploads(this IEndpointRouteBuilder user)
    {
        user.MapGet("/uploads", ListAsync).Describe(new("Your uploads", "Newest first; `limit` says how many, and the header `Link` leads to the next.") { Gives = ApiSchemas.Uploads, Refuses = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized] });
        user.MapGet("/uploads/{id}", GetAsync).Describe(new("An upload of yours, and what uses it", "How many answers of steps and how many saved playbooks name it, everybody's.") { Gives = ApiSchemas.UploadUse, Refuses = [StatusCodes.Status401Unauthorized] });
        var delete = new OperationNotes("Delete an upload", "At once, whatever uses it: steps that need it say from then on that the file was deleted. The bytes go with the last upload of the same content.") { Gives = ApiSchemas.Nothing, Refuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden] };
        user.MapPost("/uploads/{id}/delete", PostDeleteAsync).NeedsScope(AccessScopes.Upload).Describe(delete);
        user.MapDelete("/uploads/{id}", DeleteAsync).NeedsScope(AccessScopes.Upload).Describe(delete with { Gives = null });
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, OwnUploads uploads, IOptions<FileAddressOptions> address, string? after, int? limit) =>
        AdminJson.Answer(context, await uploads.ListAsync(user.ToActor(), ApiPages.Part(after, limit), context.RequestAborted), upload => UploadJson.Of(upload, address.Value));

    private static async Task<IResult> GetAsync(string id, HttpContext context, ClaimsPrincipal user, OwnUploads uploads, IOptions<FileAddressOptions> address)
    {
        var use = await uploads.FindUseAsync(user.ToActor(), id, context.RequestAborted);
        return AdminJson.Answer(new UploadUseJson(UploadJson.Of(use.Upload, address.Value), use.Answers, use.SavedPlaybooks, use.PublishedPlaybooks));
    }

    private static async Task<NoContent> DeleteAsync(string id, HttpContext context, OwnUploads uploads)
    {
        await uploads.DeleteAsync(context.User.ToActor(), id, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task PostDeleteAsync(string id, HttpContext context, OwnUploads uploads)
    {
        await DeleteAsync(id, context, uploads);
        await JsonAnswer.WriteAsync(context, 0, static (writer, _) => writer.WriteNullValue());
    }

    private sealed record UploadJson(string Id, string Url, string Filename, long Size, string Sha256, DateTimeOffset Created)
    {
        public static UploadJson Of(Upload upload, FileAddressOptions address) => new(upload.Id, DrsUri.Create(address.Host, upload.Id).ToString(), upload.Filename, upload.Size, upload.Sha256, upload.Created);
    }

    private sealed record UploadUseJson(UploadJson Upload, int Answers, int SavedPlaybooks, int PublishedPlaybooks);
}
