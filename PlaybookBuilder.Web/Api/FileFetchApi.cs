using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Api;

/// <summary>Uploads that the application fetches itself.</summary>
internal static class FileFetchApi
{
    public const string Path = "/api/v1/components/core/file/fetch";

    public static void MapFileFetchApi(this IEndpointRouteBuilder routes) => routes.MapPost(Path, FetchAsync)
        .RequireAuthorization()
        .WithTags("Files")
        .WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit))
        .NeedsScope(AccessScopes.Upload)
        .Describe(new("Fetch a file from its URL", "By http, https, drs (an object of another DRS, or a file here once more), s3 or gs (what everybody may read). Answers when the file is kept; it is then an upload of yours. Servers that are not on the public internet are not asked.")
        {
            Takes = ApiSchemas.FetchedUrl,
            Gives = ApiSchemas.FileUrl,
            Refuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status502BadGateway, StatusCodes.Status504GatewayTimeout],
        });

    /// <summary>What a fetch that failed is told as.</summary>
    public static int ToStatus(FetchProblem problem) => problem switch
    {
        FetchProblem.Refused => StatusCodes.Status400BadRequest,
        FetchProblem.NotGiven => StatusCodes.Status422UnprocessableEntity,
        FetchProblem.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FetchProblem.TooSlow => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status502BadGateway,
    };

    private static async Task<FileUrl> FetchAsync(HttpContext context, ClaimsPrincipal user, FileFetching fetching)
    {
        using var body = await JsonBody.ReadAsync(context.Request);
        if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String) throw WorkflowException.Invalid("'url' is to be a text.", "url");

        return await fetching.FetchAsync(user.ToActor(), ReadText(url), static _ => { }, context.RequestAborted);
    }

    private static string ReadText(JsonElement url)
    {
        try
        {
            return url.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw WorkflowException.Invalid("'url' holds half of a character.", "url");
        }
    }
}
