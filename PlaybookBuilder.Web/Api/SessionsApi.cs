using System.Security.Claims;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Api;

/// <summary>A user's sessions.</summary>
internal static class SessionsApi
{
    private static readonly int[] Refusals = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static void MapSessions(this IEndpointRouteBuilder cavatica)
    {
        cavatica.MapGet("/sessions", ListAsync).Describe(new("Your sessions", "Newest first, the last hundred.") { Gives = ApiSchemas.Sessions, Refuses = Refusals });
        cavatica.MapPost("/launch", LaunchAsync).Describe(new("Begin a session", "Its worker is started in the background; one session a user at a time. On CAVATICA it takes a key and a project that were chosen before. It takes a browser that is signed in.") { Gives = ApiSchemas.Session, Refuses = [StatusCodes.Status400BadRequest, .. Refusals, StatusCodes.Status409Conflict] });
        cavatica.MapGet("/{session}/status", GetAsync).Describe(new("How a session of yours is", "Also after it ended.") { Gives = ApiSchemas.Session, Refuses = Refusals });
        cavatica.MapPost("/{session}/disconnect", DisconnectAsync).Describe(new("End a session of yours", "Its worker is stopped; one that ended already is left as it is.") { Gives = ApiSchemas.Session, Refuses = Refusals });
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, ProxySessions sessions) =>
        AdminJson.Answer((await sessions.ListAsync(user.ToActor(), context.RequestAborted)).Select(SessionJson.Of));

    private static async Task<IResult> LaunchAsync(HttpContext context, ClaimsPrincipal user, ProxySessions sessions) =>
        AdminJson.Answer(SessionJson.Of(await sessions.LaunchAsync(user.ToActor(), PublicAddress.Of(context), context.ToAddress(), context.RequestAborted)));

    private static async Task<IResult> GetAsync(string session, HttpContext context, ClaimsPrincipal user, ProxySessions sessions) =>
        AdminJson.Answer(SessionJson.Of(await sessions.GetAsync(user.ToActor(), ApiIds.Session(session), context.RequestAborted)));

    private static async Task<IResult> DisconnectAsync(string session, HttpContext context, ClaimsPrincipal user, ProxySessions sessions) =>
        AdminJson.Answer(SessionJson.Of(await sessions.DisconnectAsync(user.ToActor(), ApiIds.Session(session), context.ToAddress(), context.RequestAborted)));
}

/// <summary>A session in answers.</summary>
internal sealed record SessionJson(Guid Id, string State, string? Reason, string Url, string? RunId, string Project, DateTimeOffset Created, DateTimeOffset? Connected, DateTimeOffset? Lost, DateTimeOffset? Ended)
{
    public static SessionJson Of(ProxySession session) =>
        new(session.Id, session.State.ToString().ToLowerInvariant(), session.Reason, SessionPaths.Of(session.Id) + "/", session.RunId, session.Project, session.Created, session.Connected, session.Lost, session.Ended);
}
