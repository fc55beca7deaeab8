using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>A user's own account on CAVATICA.</summary>
internal static class CavaticaAccountApi
{
    private const int Unavailable = StatusCodes.Status503ServiceUnavailable;

    private static readonly int[] Refusals = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static void MapCavaticaAccount(this IEndpointRouteBuilder cavatica)
    {
        cavatica.MapGet("", GetAsync).Describe(new("Your account on CAVATICA", "Whether there is a key, whose it is there, and the project that is chosen; never the key itself.") { Gives = ApiSchemas.CavaticaAccount, Refuses = Refusals });
        var save = new OperationNotes("Keep a CAVATICA key or choose a project", "`key`, `project` or both; what is left out stays. CAVATICA is asked first, and 503 where it does not answer; what it refuses is not kept. It takes a browser that is signed in.") { Takes = ApiSchemas.CavaticaChoice, Gives = ApiSchemas.CavaticaAccount, Refuses = [.. Refusals, StatusCodes.Status409Conflict, Unavailable] };
        cavatica.MapPut("", SaveAsync).Describe(save);
        cavatica.MapPost("", SaveAsync).Describe(save);
        cavatica.MapDelete("", DeleteAsync).Describe(new("Forget your CAVATICA key", "And the project. It takes a browser that is signed in, and no session that is under way (409).") { Gives = null, Refuses = [.. Refusals, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict] });
        cavatica.MapGet("/projects", ListProjectsAsync).Describe(new("Your projects on CAVATICA", "Those that may be chosen, asked of CAVATICA now. It takes a browser that is signed in.") { Gives = ApiSchemas.CavaticaProjects, Refuses = [StatusCodes.Status400BadRequest, .. Refusals, StatusCodes.Status409Conflict, Unavailable] });
    }

    public static int ToStatus(CavaticaAccountProblem problem) => problem switch
    {
        CavaticaAccountProblem.Unreachable => Unavailable,
        CavaticaAccountProblem.Missing => StatusCodes.Status404NotFound,
        CavaticaAccountProblem.InUse or CavaticaAccountProblem.KeyUnreadable => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    };

    private static async Task<IResult> GetAsync(HttpContext context, ClaimsPrincipal user, CavaticaAccounts accounts) =>
        AdminJson.Answer(CavaticaAccountJson.Of(await accounts.FindAsync(user.ToActor(), context.RequestAborted)));

    private static async Task<IResult> SaveAsync(HttpContext context, ClaimsPrincipal user, CavaticaAccounts accounts)
    {
        var actor = user.ToActor();
        actor.RequireUserInPerson();
        using var body = await JsonBody.ReadAsync(context.Request);
        var (key, project) = (JsonMembers.FindText(body.RootElement, "key", null), JsonMembers.FindText(body.RootElement, "project", null));
        var (account, _) = await accounts.SaveAsync(actor, key, project, context.ToAddress(), context.RequestAborted);
        return AdminJson.Answer(CavaticaAccountJson.Of(account));
    }

    private static async Task<NoContent> DeleteAsync(HttpContext context, ClaimsPrincipal user, CavaticaAccounts accounts)
    {
        await accounts.DeleteAsync(user.ToActor(), context.ToAddress(), context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListProjectsAsync(HttpContext context, ClaimsPrincipal user, CavaticaAccounts accounts) =>
        AdminJson.Answer((await accounts.ListProjectsAsync(user.ToActor(), context.RequestAborted)).Select(static project => new CavaticaProjectJson(project.Id, project.Name)));
}

/// <summary>An account on CAVATICA in answers.</summary>
internal sealed record CavaticaAccountJson(bool HasKey, string? Name, string? Project, DateTimeOffset? Changed)
{
    public static CavaticaAccountJson Of(CavaticaAccount? account) => new(account is not null, account?.Name, account?.Project, account?.Changed);
}

/// <summary>A project on CAVATICA in answers.</summary>
internal sealed record CavaticaProjectJson(string Id, string Name);
