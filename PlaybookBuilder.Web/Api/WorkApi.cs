using System.Security.Claims;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>What a user's sessions kept in the user's project.</summary>
internal static class WorkApi
{
    private static readonly int[] Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static void MapWork(this IEndpointRouteBuilder cavatica)
    {
        cavatica.MapGet("/work", ListAsync).Describe(new("What your sessions kept", $"The files in the folder `{WorkFolder.FolderName}` of your project, newest first; `skip` and `limit` (200 at most) page. Everybody who may write to the project can put files there.") { Gives = ApiSchemas.WorkFiles, Refuses = Refusals });
        cavatica.MapPost("/work", OpenAsync).Describe(new("Open what a session kept", $"Takes the name of a file in the folder `{WorkFolder.FolderName}` of your project, keeps its playbook here, and answers with its id and its address. Files that it names stay where they are.") { Takes = ApiSchemas.WorkChoice, Gives = ApiSchemas.PlaybookPlace, Refuses = [StatusCodes.Status404NotFound, .. Refusals] });
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, KeptWork work, int? skip, int? limit)
    {
        var (from, most) = (ApiPages.Skip(skip), ApiPages.Limit(limit));
        return AdminJson.Answer((await work.ListAsync(user.ToActor(), context.RequestAborted)).Skip(from).Take(most));
    }

    private static async Task<IResult> OpenAsync(HttpContext context, ClaimsPrincipal user, KeptWork work)
    {
        var actor = user.ToActor();
        using var body = await JsonBody.ReadAsync(context.Request);
        var name = JsonMembers.FindText(body.RootElement, "name", null) ?? throw WorkflowException.Invalid("this is needed.", "name");
        var id = await work.OpenAsync(actor, name, context.RequestAborted);
        return AdminJson.Answer(new PlaybookPlace(id, $"/{AppUrls.Report(id)}"));
    }
}
