using System.Security.Claims;
using System.Text.Json;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>The playbooks that the caller keeps.</summary>
internal static class SavedPlaybooksApi
{
    private const string Naming = "`id` is that of the saved playbook, or of a playbook that is one of its versions.";

    private static readonly int[] NotSignedIn = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static void MapSavedPlaybooks(this IEndpointRouteBuilder api)
    {
        api.MapGet("", ListAsync).Describe(new("Your saved playbooks", "Last changed first; `skip` and `limit` (200 at most) page. With `deleted=true` those that were deleted and can be brought back.") { Gives = ApiSchemas.SavedPlaybooks, Refuses = [StatusCodes.Status400BadRequest, .. NotSignedIn] });
        api.MapGet("/{id}", GetAsync).Describe(new("A saved playbook", $"Your own, or one that is published. {Naming}") { Gives = ApiSchemas.SavedPlaybook, Refuses = [StatusCodes.Status403Forbidden] });
        api.MapPost("/{id}/update", UpdateAsync).Describe(new("Save a playbook", $"Keeps it with the results that it shows now, as the next version of what it is one of, or as a new one. {Naming} Any other playbook can be saved too. Answers with the id of the playbook that was kept.") { Takes = ApiSchemas.SavedPlaybookUpdate, Gives = ApiSchemas.Id, Refuses = NotSignedIn });
        api.MapPost("/{id}/publish", PublishAsync).Describe(new("Publish a saved playbook, or take it back", Naming) { Takes = ApiSchemas.Publication, Gives = ApiSchemas.SavedPlaybook, Refuses = NotSignedIn });
        api.MapPost("/{id}/delete", DeleteAsync).Describe(new("Delete a saved playbook", $"It can be brought back for 30 days. {Naming}") { Gives = ApiSchemas.SavedPlaybook, Refuses = NotSignedIn });
        api.MapPost("/{id}/undelete", UndeleteAsync).Describe(new("Bring a deleted playbook back", "`id` is that of the saved playbook.") { Gives = ApiSchemas.SavedPlaybook, Refuses = NotSignedIn });
        api.MapPost("/{id}/duplicate", DuplicateAsync).Describe(new("Keep a playbook a second time", "Your own or a published one; `id` is that of the saved playbook.") { Gives = ApiSchemas.SavedPlaybook, Refuses = NotSignedIn });
        api.MapGet("/{id}/versions", ListVersionsAsync).Describe(new("The versions of a saved playbook", $"Newest first; `before` gives those with a lower number. {Naming}") { Gives = ApiSchemas.SavedPlaybookVersions, Refuses = [StatusCodes.Status400BadRequest, .. NotSignedIn] });
        api.MapPost("/{id}/versions/{number}/restore", RestoreAsync).Describe(new("Make an earlier version the present one", $"As the newest of all; those between stay. {Naming}") { Gives = ApiSchemas.SavedPlaybook, Refuses = NotSignedIn });
    }

    private static async Task ListAsync(HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved, bool? deleted, int? skip, int? limit)
    {
        var list = await saved.ListAsync(user.ToActor(), deleted ?? false, ApiPages.Skip(skip), ApiPages.Limit(limit), context.RequestAborted);
        await JsonAnswer.WriteAsync(context, list.Playbooks, static (writer, playbooks) => SavedPlaybookJson.WriteList(writer, playbooks, SavedPlaybookJson.WriteOwn));
    }

    private static async Task GetAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved)
    {
        var (actor, named) = (user.ToActor(), ApiIds.SavedPlaybook(id));
        var found = await saved.FindAsync(actor, named, context.RequestAborted) ?? await saved.GetAsync(actor, named, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, found, actor.Owns(found.UserId) ? SavedPlaybookJson.WriteOwn : SavedPlaybookJson.WritePublished);
    }

    private static async Task UpdateAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved, PlaybookPublishing publishing, PlaybookEngine engine, PlaybookDocumentReader reader)
    {
        var actor = user.ToActor();
        actor.RequireUser(AccessScopes.Run);
        using var body = await JsonBody.ReadAsync(context.Request);
        var (given, cancellationToken) = (body.RootElement, context.RequestAborted);
        var named = ApiIds.SavedPlaybook(id);
        var target = await saved.FindOwnAsync(actor, named, cancellationToken);
        var playbook = await engine.GetAsync(target?.PlaybookId ?? named, cancellationToken);
        target ??= await saved.FindAsync(actor, named, cancellationToken);
        playbook = await ChangeAsync(playbook, given, reader, cancellationToken);
        var isPublic = JsonMembers.Find(given, "user_playbook", null) is { } row ? JsonMembers.FindBoolean(row, "public", "user_playbook") : null;
        var tags = JsonMembers.FindTexts(given, "tags", null);
        await engine.ImportAsync(playbook, actor, cancellationToken);
        var kept = await saved.SaveAsync(actor, playbook, target?.Id, cancellationToken);
        if (tags is not null) kept = await saved.TagAsync(actor, kept.Id, tags, cancellationToken);
        if (isPublic is { } wanted && wanted != kept.Published is not null) kept = await SetPublicAsync(context, actor, kept, wanted, default, publishing);
        await JsonAnswer.WriteIdAsync(context, kept.PlaybookId);
    }

    private static async Task PublishAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved, PlaybookPublishing publishing)
    {
        var actor = user.ToActor();
        var found = await FindAsync(id, actor, saved, context.RequestAborted);
        using var body = await JsonBody.ReadAsync(context.Request);
        var isPublic = JsonMembers.FindBoolean(body.RootElement, "public", null) ?? throw WorkflowException.Invalid("this is needed: true or false.", "public");
        await AnswerAsync(context, await SetPublicAsync(context, actor, found, isPublic, body.RootElement, publishing));
    }

    private static async Task DeleteAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved)
    {
        var actor = user.ToActor();
        var found = await FindAsync(id, actor, saved, context.RequestAborted);
        await saved.DeleteAsync(actor, found.Id, context.RequestAborted);
        await AnswerAsync(context, await saved.GetAsync(actor, found.Id, context.RequestAborted));
    }

    private static async Task UndeleteAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved)
    {
        var (actor, named) = (user.ToActor(), ApiIds.SavedPlaybook(id));
        await saved.UndeleteAsync(actor, named, context.RequestAborted);
        await AnswerAsync(context, await saved.GetAsync(actor, named, context.RequestAborted));
    }

    private static async Task DuplicateAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved) =>
        await AnswerAsync(context, await saved.DuplicateAsync(user.ToActor(), ApiIds.SavedPlaybook(id), context.RequestAborted));

    private static async Task ListVersionsAsync(string id, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved, int? before, int? limit)
    {
        var actor = user.ToActor();
        var found = await FindAsync(id, actor, saved, context.RequestAborted);
        var versions = await saved.ListVersionsAsync(actor, found.Id, before, ApiPages.Limit(limit), context.RequestAborted);
        await JsonAnswer.WriteAsync(context, versions, SavedPlaybookJson.WriteVersions);
    }

    private static async Task RestoreAsync(string id, string number, HttpContext context, ClaimsPrincipal user, SavedPlaybooks saved)
    {
        var actor = user.ToActor();
        var found = await FindAsync(id, actor, saved, context.RequestAborted);
        if (!int.TryParse(number, out var version)) throw AccessException.NotFound($"There is no version '{number}' of this playbook.");

        await AnswerAsync(context, await saved.RestoreAsync(actor, found.Id, version, context.RequestAborted));
    }

    private static Task AnswerAsync(HttpContext context, SavedPlaybook saved) => JsonAnswer.WriteAsync(context, saved, SavedPlaybookJson.WriteOwn);

    private static async Task<SavedPlaybook> FindAsync(string id, Actor actor, SavedPlaybooks saved, CancellationToken cancellationToken)
    {
        actor.RequireUser(AccessScopes.Read);
        var named = ApiIds.SavedPlaybook(id);
        return await saved.FindOwnAsync(actor, named, cancellationToken) ?? await saved.FindAsync(actor, named, cancellationToken) ?? throw AccessException.NotFound("There is no such saved playbook.");
    }

    private static Task<SavedPlaybook> SetPublicAsync(HttpContext context, Actor actor, SavedPlaybook saved, bool isPublic, JsonElement given, PlaybookPublishing publishing)
    {
        if (!isPublic) return saved.Published is null ? Task.FromResult(saved) : publishing.UnpublishAsync(actor, saved.Id, context.ToAddress(), context.RequestAborted);

        string Say(string name, string kept, string? usual) => (given.ValueKind == JsonValueKind.Undefined ? null : JsonMembers.FindText(given, name, null)) ?? (kept.Length > 0 ? kept : usual ?? "");
        return publishing.PublishAsync(
            actor,
            saved.Id,
            new Publication(Say("title", saved.Title, null), Say("description", saved.Description, null), Say("authors", saved.Authors, context.User.Identity?.Name), Say("licence", saved.Licence, Licences.Default.Id)),
            context.RequestAborted);
    }

    private static async Task<Playbook> ChangeAsync(Playbook playbook, JsonElement given, PlaybookDocumentReader reader, CancellationToken cancellationToken)
    {
        // Changing one step gives those after it other ids, so their places are looked up first.
        var cells = JsonMembers.Find(given, "cell_metadata", null) is { } byStep
            ? JsonMembers.Each(byStep, "cell_metadata").Select(cell => (Index: IndexOf(playbook, cell.Name), Cell: MetadataJson.ReadCell(cell.Value, $"cell_metadata.{cell.Name}"))).ToArray()
            : [];
        foreach (var (index, cell) in cells) playbook = playbook.WithCell(index, cell);
        return JsonMembers.Find(given, "playbook_metadata", null) is { } metadata ? playbook.WithMetadata(await reader.ReadMetadataAsync(metadata, cancellationToken)) : playbook;
    }

    private static int IndexOf(Playbook playbook, string step) =>
        Guid.TryParseExact(step, "D", out var id) && playbook.IndexOfStep(id) is >= 0 and var index ? index : throw WorkflowException.Invalid("there is no such step in this playbook.", $"cell_metadata.{step}");
}
