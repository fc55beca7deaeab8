using System.Security.Claims;
using System.Text.Json;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using static PlaybookBuilder.Web.Api.Admin.AdminApi;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>Saved playbooks, uploads and suggestions, for administrators.</summary>
internal static class AdminContentsApi
{
    public static void MapContents(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/playbooks", ListPlaybooksAsync).Describe(List("Saved playbooks", $"Those changed last first; of a `kind` (all, published, curated) and of one `user` (an id) where these are given. {Paging}", AdminSchemas.Playbooks));
        admin.MapPost("/playbooks/{id}/curate", (string id, HttpContext context, PlaybookPublishing publishing) => DoAsync(context, "playbook.curate", id, (actor, playbook, address, token) => publishing.CurateAsync(actor, playbook, true, address, token))).Describe(Action("Show a published playbook first", ""));
        admin.MapPost("/playbooks/{id}/uncurate", (string id, HttpContext context, PlaybookPublishing publishing) => DoAsync(context, "playbook.uncurate", id, (actor, playbook, address, token) => publishing.CurateAsync(actor, playbook, false, address, token))).Describe(Action("Show it among the community's again", ""));
        admin.MapPost("/playbooks/{id}/unpublish", (string id, HttpContext context, PlaybookPublishing publishing) => DoAsync(context, "playbook.unpublish", id, publishing.UnpublishAsync)).Describe(Action("Take a playbook off the published ones", "Its owner keeps it."));
        admin.MapGet("/uploads", ListUploadsAsync).Describe(List("Uploads", $"Of one `user` (an id), newest first; without that all, in no order. {Paging}", AdminSchemas.Uploads));
        admin.MapGet("/storage", GetStorageAsync).Describe(List("What uploads take", "All together, the largest, and whose are the most bytes; measured every five minutes. `null` while the first measure is under way.", AdminSchemas.Storage));
        admin.MapGet("/storage/damaged", ListDamagedAsync).Describe(List("Stored contents that are damaged", $"What the checks of stored contents found, that found last first: bytes that are gone, too few, or others. {Paging}", AdminSchemas.Damaged));
        admin.MapGet("/retention", GetRetentionAsync).Describe(List("The limits of the cache, and what they meet", "What saved playbooks hold, what is a cache, how old that is, and what of it is beyond the limits; measured every five minutes. Sizes and numbers are missing while the first measure is under way.", AdminSchemas.Retention));
        admin.MapPost("/retention/free", FreeAsync).Describe(Action("Free old results", "Those of more than so many `days`, a whole number, that no saved playbook holds, and what nothing names any more. Whoever asks for one has it computed again; what was computed within the last hour stays. When another process is at it already that goes on, and `is_complete` is false.", gives: AdminSchemas.FreedCache));
        admin.MapGet("/suggestions", ListSuggestionsAsync).Describe(List("Suggestions", $"In one `state` (open, accepted, declined; open unless given), newest first. {Paging}", AdminSchemas.Suggestions));
        admin.MapPost("/suggestions/{id}/accept", (string id, HttpContext context, SuggestionAdministration suggestions) => DecideAsync(context, "suggestion.accept", id, suggestions.AcceptAsync)).Describe(Action("Accept a suggestion", "", AdminSchemas.Answer));
        admin.MapPost("/suggestions/{id}/decline", (string id, HttpContext context, SuggestionAdministration suggestions) => DecideAsync(context, "suggestion.decline", id, suggestions.DeclineAsync)).Describe(Action("Decline a suggestion", "The answer says why.", AdminSchemas.Answer));
    }

    private static async Task<IResult> ListPlaybooksAsync(HttpContext context, ClaimsPrincipal principal, SavedAdministration saved, string? kind, string? user, string? after, int? limit) =>
        AdminJson.Answer(context, await saved.ListAsync(principal.ToActor(), ReadChoice<SavedKind>(kind, "kind") ?? SavedKind.All, ReadOptionalId(user, "user"), ApiPages.Part(after, limit), context.RequestAborted));

    private static async Task<IResult> ListUploadsAsync(HttpContext context, ClaimsPrincipal principal, UploadAdministration uploads, string? user, string? after, int? limit) =>
        AdminJson.Answer(context, await uploads.ListAsync(principal.ToActor(), ReadOptionalId(user, "user"), ApiPages.Part(after, limit), context.RequestAborted));

    private static async Task<IResult> GetStorageAsync(HttpContext context, ClaimsPrincipal user, StorageMeasure storage) =>
        AdminJson.Answer(await storage.ReadAsync(user.ToActor(), context.RequestAborted));

    private static async Task<IResult> ListDamagedAsync(HttpContext context, ClaimsPrincipal user, DamagedContents damaged, string? after, int? limit) =>
        AdminJson.Answer(context, await damaged.ListAsync(user.ToActor(), ApiPages.Part(after, limit), context.RequestAborted));

    private static async Task<IResult> GetRetentionAsync(HttpContext context, ClaimsPrincipal user, RetentionAdministration retention) =>
        AdminJson.Answer(await retention.ReadAsync(user.ToActor(), context.RequestAborted));

    private static async Task<IResult> FreeAsync(HttpContext context, ClaimsPrincipal user, RetentionAdministration retention, int? days)
    {
        TakeOnly(context.Request, nameof(days));
        if (days is null) throw WorkflowException.Invalid("say of how many days, as in ?days=30; what is older goes.", nameof(days));

        return AdminJson.Answer(await retention.FreeAsync(user.ToActor(), days.Value, context.ToAddress(), onFreed: null, context.RequestAborted));
    }

    private static async Task<IResult> ListSuggestionsAsync(HttpContext context, ClaimsPrincipal user, SuggestionAdministration suggestions, string? state, string? after, int? limit) =>
        AdminJson.Answer(context, await suggestions.ListAsync(user.ToActor(), ReadChoice<SuggestionState>(state, "state") ?? SuggestionState.Open, ApiPages.Part(after, limit), context.RequestAborted));

    private static async Task<IResult> DecideAsync(HttpContext context, string done, string id, Func<Actor, Guid, string, string, CancellationToken, Task> decideAsync)
    {
        var answer = await ReadAnswerAsync(context.Request);
        return await DoAsync(context, done, id, (actor, suggestion, address, token) => decideAsync(actor, suggestion, answer, address, token));
    }

    private static async Task<string> ReadAnswerAsync(HttpRequest request)
    {
        using var body = await JsonBody.ReadAsync(request);
        if (body.RootElement.ValueKind != JsonValueKind.Object) throw WorkflowException.Invalid("The body is to be an object with an answer.");
        if (!body.RootElement.TryGetProperty("answer", out var answer) || answer.ValueKind == JsonValueKind.Null) return "";

        return answer.ValueKind == JsonValueKind.String && CanBeRead(answer) ? answer.GetString()! : throw WorkflowException.Invalid("The answer is to be text.", "answer");
    }

    // Half of a pair of surrogates is no text.
    private static bool CanBeRead(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
