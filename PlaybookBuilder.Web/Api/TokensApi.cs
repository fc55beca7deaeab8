using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Api;

/// <summary>A user's tokens for programs.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder user)
    {
        user.MapGet("/tokens", ListAsync).Describe(new("Your tokens", "Without what they are: that is shown once, when one is made.") { Gives = ApiSchemas.Tokens, Refuses = [StatusCodes.Status401Unauthorized] });
        user.MapPost("/tokens", MakeAsync).Describe(new("Make a token", "The answer's `token` can't be had again. `days` says how long it is good; left out, until it is revoked. A token that was not made for everything makes no others.") { Takes = ApiSchemas.NewToken, Gives = ApiSchemas.MadeToken, Refuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden] });
        var revoke = new OperationNotes("Revoke a token", "It is worth nothing any more within seconds.") { Gives = ApiSchemas.Nothing, Refuses = [StatusCodes.Status401Unauthorized] };
        user.MapPost("/tokens/{id}/revoke", PostRevokeAsync).NeedsScope(AccessScopes.Read).Describe(revoke);
        user.MapDelete("/tokens/{id}", RevokeAsync).NeedsScope(AccessScopes.Read).Describe(revoke with { Gives = null });
    }

    private static async Task<List<TokenJson>> ListAsync(ClaimsPrincipal user, ApiTokens tokens, CancellationToken cancellationToken) =>
        [.. (await tokens.ListAsync(user.ToActor(), cancellationToken)).Select(TokenJson.Of)];

    private static async Task<MadeTokenJson> MakeAsync(HttpContext context, ApiTokens tokens)
    {
        var actor = context.User.ToActor();
        actor.RequireUserInPerson();
        using var body = await JsonBody.ReadAsync(context.Request);
        var json = body.RootElement;
        var life = JsonMembers.FindNumber(json, "days", null) switch
        {
            null => (TimeSpan?)null,
            > 0 and <= 1_000 and var days => TimeSpan.FromDays(days),
            _ => TimeSpan.Zero,
        };
        var scopes = (JsonMembers.FindTexts(json, "scopes", null) ?? []).Aggregate(AccessScopes.None, static (scopes, name) => scopes | TokenJson.ScopeOf(name));
        var (token, kept) = await ApiRefusal.OfArgumentsAsync(() => tokens.MakeAsync(actor, JsonMembers.FindText(json, "name", null) ?? "", scopes, life, context.ToVisit(), context.RequestAborted));
        context.Response.Headers.CacheControl = "no-store";
        return new MadeTokenJson(token, TokenJson.Of(kept));
    }

    private static async Task<NoContent> RevokeAsync(string id, HttpContext context, ApiTokens tokens)
    {
        context.User.ToActor().RequireUser(AccessScopes.Read);
        if (!Guid.TryParse(id, out var tokenId)) throw AccessException.NotFound("There is no such token.");

        await tokens.RevokeAsync(context.User.ToActor(), tokenId, context.ToVisit(), context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task PostRevokeAsync(string id, HttpContext context, ApiTokens tokens)
    {
        await RevokeAsync(id, context, tokens);
        await JsonAnswer.WriteAsync(context, 0, static (writer, _) => writer.WriteNullValue());
    }
}
