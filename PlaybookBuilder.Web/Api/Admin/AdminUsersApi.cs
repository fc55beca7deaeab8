using System.Security.Claims;
using PlaybookBuilder.Core.Administration.Users;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using static PlaybookBuilder.Web.Api.Admin.AdminApi;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>Users and the browsers that they are signed in with, for administrators.</summary>
internal static class AdminUsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/users", ListAsync).Describe(List("Users", $"The newest accounts first; or, with `find`, those whose name or e-mail address begins so, by name and then by address. {Paging}", AdminSchemas.Users));
        admin.MapGet("/users/{id}", GetAsync).Describe(List("A user", "With how he or she signs in, and how much there is of his or her things.", AdminSchemas.User));
        admin.MapPost("/users/{id}/grant-admin", (string id, HttpContext context, UserRights rights) => DoAsync(context, "user.grant-admin", id, rights.GrantAdminAsync)).Describe(Action("Make a user an administrator", ""));
        admin.MapPost("/users/{id}/revoke-admin", (string id, HttpContext context, UserRights rights) => DoAsync(context, "user.revoke-admin", id, rights.RevokeAdminAsync)).Describe(Action("Take that back", "Nobody can do it to himself or herself."));
        admin.MapPost("/users/{id}/disable", (string id, HttpContext context, UserRights rights) => DoAsync(context, "user.disable", id, rights.DisableAsync)).Describe(Action("Shut a user out", "Every browser of the user is signed out. Nobody can do it to himself or herself."));
        admin.MapPost("/users/{id}/enable", (string id, HttpContext context, UserRights rights) => DoAsync(context, "user.enable", id, rights.EnableAsync)).Describe(Action("Let a user in again", ""));
        admin.MapGet("/sessions", ListSessionsAsync).Describe(List("Browsers that are signed in", $"Those that signed in last first; of one `user` (an id) where that is given. {Paging}", AdminSchemas.Sessions));
        admin.MapPost("/sessions/{id}/revoke", (string id, HttpContext context, SessionAdministration sessions) => DoAsync(context, "session.revoke", id, sessions.EndAsync)).Describe(Action("Sign a browser out", ""));
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, UserAdministration users, string? find, string? after, int? limit) =>
        AdminJson.Answer(context, string.IsNullOrWhiteSpace(find)
            ? await users.ListAsync(user.ToActor(), ApiPages.Part(after, limit), context.RequestAborted)
            : await users.FindAsync(user.ToActor(), find, ApiPages.Part(after, limit), context.RequestAborted));

    private static async Task<IResult> GetAsync(string id, HttpContext context, ClaimsPrincipal user, UserAdministration users) =>
        AdminJson.Answer(await users.GetAsync(user.ToActor(), ReadId(id), context.RequestAborted));

    private static async Task<IResult> ListSessionsAsync(HttpContext context, ClaimsPrincipal principal, SessionAdministration sessions, string? user, string? after, int? limit) =>
        AdminJson.Answer(context, await sessions.ListAsync(principal.ToActor(), ReadOptionalId(user, "user"), ApiPages.Part(after, limit), context.RequestAborted));
}
