using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Workflows.Documents;
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
        user.MapGet("/uploads", ListAsync).Describe(new("Your uploads", "Newest first, or by `sort=name` or `sort=size`; those with `find` in their names. `limit` says how many, and the header `Link` leads to the next.") { Gives = ApiSchemas.Uploads, Refuses = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized] });
        user.MapGet("/uploads/{id}", GetAsync).Describe(new("An upload of yours, and what uses it", "How many answers of steps and how many saved playbooks name it, everybody's.") { Gives = ApiSchemas.UploadUse, Refuses = [StatusCodes.Status401Unauthorized] });
        user.MapPost("/uploads/{id}/share", ShareAsync).NeedsScope(AccessScopes.Upload).Describe(new("Share an upload of yours", "`private`: nobody else has it. `link`: whoever knows its address. `public`: everybody.") { Takes = ApiSchemas.UploadShare, Gives = ApiSchemas.Upload, Refuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden] });
        var delete = new OperationNotes("Delete an upload", "At once, whatever uses it: steps that need it say from then on that the file was deleted. The bytes go with the last upload of the same content.") { Gives = ApiSchemas.Nothing, Refuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden] };
        user.MapPost("/uploads/{id}/delete", PostDeleteAsync).NeedsScope(AccessScopes.Upload).Describe(delete);
        user.MapDelete("/uploads/{id}", DeleteAsync).NeedsScope(AccessScopes.Upload).Describe(delete with { Gives = null });
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, OwnUploads uploads, IOptions<FileAddressOptions> address, string? find, string? sort, string? after, int? limit) =>
        AdminJson.Answer(context, await uploads.ListAsync(user.ToActor(), new UploadQuery(find, OrderOf(sort)), ApiPages.Part(after, limit), context.RequestAborted), upload => UploadJson.Of(upload, address.Value));

    private static async Task<IResult> GetAsync(string id, HttpContext context, ClaimsPrincipal user, OwnUploads uploads, IOptions<FileAddressOptions> address)
    {
        var use = await uploads.FindUseAsync(user.ToActor(), id, context.RequestAborted);
        return AdminJson.Answer(new UploadUseJson(UploadJson.Of(use.Upload, address.Value), use.Answers, use.SavedPlaybooks, use.PublishedPlaybooks));
    }

    private static async Task<IResult> ShareAsync(string id, HttpContext context, OwnUploads uploads, IOptions<FileAddressOptions> address)
    {
        // Who may not is told so before what is wrong with the body.
        context.User.ToActor().RequireUser(AccessScopes.Upload);
        using var body = await JsonBody.ReadAsync(context.Request);
        var sharing = JsonMembers.FindText(body.RootElement, "sharing", null) switch
        {
            "private" => UploadSharing.Private,
            "link" => UploadSharing.Link,
            "public" => UploadSharing.Public,
            var other => throw new ApiRefusal(StatusCodes.Status400BadRequest, $"sharing is '{other}'; it may be private, link or public."),
        };
        return AdminJson.Answer(UploadJson.Of(await uploads.ShareAsync(context.User.ToActor(), id, sharing, context.ToAddress(), context.RequestAborted), address.Value));
    }

    private static UploadOrder OrderOf(string? sort) => sort switch
    {
        null or "newest" => UploadOrder.Newest,
        "name" => UploadOrder.Name,
        "size" => UploadOrder.Size,
        _ => throw new ApiRefusal(StatusCodes.Status400BadRequest, $"sort is '{sort}'; it may be newest, name or size."),
    };

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

    private sealed record UploadJson(string Id, string Url, string Filename, long Size, string Sha256, DateTimeOffset Created, UploadSharing Sharing)
    {
        public static UploadJson Of(Upload upload, FileAddressOptions address) => new(upload.Id, DrsUri.Create(address.Host, upload.Id).ToString(), upload.Filename, upload.Size, upload.Sha256, upload.Created, upload.Sharing);
    }

    private sealed record UploadUseJson(UploadJson Upload, int Answers, int SavedPlaybooks, int PublishedPlaybooks);
}
