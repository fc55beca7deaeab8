using System.Security.Claims;
using System.Text.Json;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>Users: what they say of themselves, and the end of an account.</summary>
internal static class UserApi
{
    public static void MapUsers(this IEndpointRouteBuilder db)
    {
        db.MapGet("/user/profile", GetAsync).Describe(new("Your profile", "Your e-mail address among it.") { Gives = ApiSchemas.Profile, Refuses = [StatusCodes.Status401Unauthorized] });
        db.MapPost("/user/profile", PostAsync).Describe(new("Change your profile", "What is left out stays as it is.") { Takes = ApiSchemas.ProfileChange, Gives = ApiSchemas.Profile, Refuses = [StatusCodes.Status401Unauthorized] });
        db.MapGet("/user/{id}/profile", GetPublicAsync).Describe(new("What everybody may see of a user", "Never the e-mail address.") { Gives = ApiSchemas.PublicProfile });
        db.MapPost("/user/delete", DeleteAsync).Describe(new("Delete your account", "For good, with everything that is yours. If you have published playbooks, say whether to `keep` or `delete` them: kept, they stay under the names that they were published with.") { Takes = ApiSchemas.AccountDeletion, Gives = ApiSchemas.Nothing, Refuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict] });
    }

    private static Task<Profile> GetAsync(ClaimsPrincipal user, Profiles profiles, CancellationToken cancellationToken) => profiles.GetAsync(user.ToActor(), cancellationToken);

    private static async Task<Profile> PostAsync(HttpContext context, Profiles profiles)
    {
        // Who may not is told so before what is wrong with the body.
        context.User.ToActor().RequireUser(AccessScopes.Run);
        using var body = await JsonBody.ReadAsync(context.Request);
        var json = body.RootElement;
        var change = new ProfileChange(JsonMembers.FindText(json, "name", null), JsonMembers.FindText(json, "affiliation", null), JsonMembers.FindText(json, "orcid", null), JsonMembers.FindBoolean(json, "wantsMail", null));
        return await ApiRefusal.OfArgumentsAsync(() => profiles.ChangeAsync(context.User.ToActor(), change, context.RequestAborted));
    }

    private static Task<PublicProfile> GetPublicAsync(string id, Profiles profiles, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var userId) ? profiles.GetPublicAsync(userId, cancellationToken) : throw AccessException.NotFound("There is no such user.");

    private static async Task DeleteAsync(HttpContext context, AccountDeletion deletion)
    {
        var actor = context.User.ToActor();
        actor.RequireUserInPerson();
        using var body = context.Request.ContentLength is 0 or null && !context.Request.HasJsonContentType() ? JsonDocument.Parse("{}") : await JsonBody.ReadAsync(context.Request);
        var choice = JsonMembers.FindText(body.RootElement, "published", null);
        var published = choice switch
        {
            null => PublishedChoice.Delete,
            "keep" => PublishedChoice.Keep,
            "delete" => PublishedChoice.Delete,
            _ => throw new ApiRefusal(StatusCodes.Status400BadRequest, $"published is '{choice}'; it may be 'keep' or 'delete'."),
        };
        var belongings = await deletion.CountAsync(actor, context.RequestAborted);
        if (choice is null && belongings.Published > 0) throw new ApiRefusal(StatusCodes.Status409Conflict, $"You have published {belongings.Published} playbooks: say {{\"published\":\"keep\"}} or {{\"published\":\"delete\"}}.");

        await ApiRefusal.OfArgumentsAsync(async () =>
        {
            await deletion.DeleteAsync(actor, published, context.ToVisit(), context.RequestAborted);
            return true;
        });
        await JsonAnswer.WriteAsync(context, 0, static (writer, _) => writer.WriteNullValue());
    }
}
