using System.Security.Claims;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Api;

/// <summary>Playbooks on their way into a user's session, and out of it.</summary>
internal static class SessionPlaybooksApi
{
    private static readonly int[] Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status410Gone, StatusCodes.Status503ServiceUnavailable];

    public static void MapSessionPlaybooks(this IEndpointRouteBuilder cavatica)
    {
        cavatica.MapPost("/{session}/open", OpenAsync).Describe(new("Open a playbook in a session of yours", "Takes the id of a playbook here, and answers with its id in the session and its address there. Its results are computed anew.") { Takes = ApiSchemas.PlaybookChoice, Gives = ApiSchemas.PlaybookPlace, Refuses = Refusals });
        cavatica.MapPost("/{session}/bring", BringAsync).Describe(new("Bring a playbook back from a session of yours", "Takes the id of a playbook in the session, and answers with its id and its address here. Its results stay in the session, and so do its files.") { Takes = ApiSchemas.PlaybookChoice, Gives = ApiSchemas.PlaybookPlace, Refuses = Refusals });
    }

    private static async Task<IResult> OpenAsync(string session, HttpContext context, ClaimsPrincipal user, SessionExchange exchange)
    {
        var sessionId = ApiIds.Session(session);
        var id = await exchange.OpenAsync(user.ToActor(), sessionId, await ReadIdAsync(context), context.RequestAborted);
        return AdminJson.Answer(new PlaybookPlace(id, $"{SessionPaths.Of(sessionId)}/{AppUrls.Report(id)}"));
    }

    private static async Task<IResult> BringAsync(string session, HttpContext context, ClaimsPrincipal user, SessionExchange exchange)
    {
        var id = await exchange.BringAsync(user.ToActor(), ApiIds.Session(session), await ReadIdAsync(context), context.RequestAborted);
        return AdminJson.Answer(new PlaybookPlace(id, $"/{AppUrls.Report(id)}"));
    }

    private static async Task<Guid> ReadIdAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request);
        return ApiIds.Playbook(JsonMembers.FindText(body.RootElement, "id", null) ?? throw WorkflowException.Invalid("this is needed.", "id"));
    }
}

/// <summary>Where a playbook is.</summary>
/// <param name="Url">The path of its report.</param>
internal sealed record PlaybookPlace(Guid Id, string Url);
