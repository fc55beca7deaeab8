using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>From one playbook to the next: each change gives another playbook, the first stays.</summary>
internal static class ChangesApi
{
    private const string Start = "start";

    public static void MapChanges(this IEndpointRouteBuilder db)
    {
        db.MapPost("/fpl/{id}/extend", ExtendAsync).Describe(new("Add a step", "Answers with the id of the longer playbook. With `start` for an id, a new one begins.") { Takes = ApiSchemas.ProcessBody, Gives = ApiSchemas.Id });
        db.MapPost("/fpl/{id}/rebase/{process}", RebaseAsync).Describe(new("Replace the process of a step", "Whatever depends on it takes the new one; all else keeps its results.") { Takes = ApiSchemas.ProcessBody, Gives = ApiSchemas.Change });
        db.MapPost("/fpl/{id}/rebaseMetadata/{step}", RebaseMetadataAsync).Describe(new("Set title and description", "As of a step, the last one as a rule.") { Takes = ApiSchemas.Metadata, Gives = ApiSchemas.Change });
        db.MapPost("/fpl/{id}/recompute/{step}", RecomputeAsync).Describe(new("Forget the result of a step", "And of all that stands on it, so that they are computed again when asked for.") { Gives = ApiSchemas.Change });
    }

    private static async Task ExtendAsync(string id, HttpContext context, PlaybookDocumentReader reader, PlaybookEngine engine)
    {
        var playbook = id == Start ? Playbook.Empty : await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        using var body = await JsonBody.ReadAsync(context.Request);
        var process = await reader.ReadProcessAsync(body.RootElement, context.RequestAborted);
        var extended = playbook.Extend(process);
        await engine.SaveAsync(extended, extended.Steps.Length - 1, context.User.ToActor(), context.RequestAborted);
        await JsonAnswer.WriteIdAsync(context, extended.Id);
    }

    private static async Task RebaseAsync(string id, string process, HttpContext context, PlaybookDocumentReader reader, PlaybookEngine engine)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        var index = playbook.IndexOfProcess(ApiIds.Process(process));
        if (index < 0) throw WorkflowException.NotFound($"There is no process {process} in this playbook.");

        using var body = await JsonBody.ReadAsync(context.Request);
        var rebased = playbook.Rebase(index, await reader.ReadProcessAsync(body.RootElement, context.RequestAborted));
        await engine.SaveAsync(rebased, index, context.User.ToActor(), context.RequestAborted);
        await JsonAnswer.WriteChangeAsync(context, rebased.Id, rebased.Steps[index].Id);
    }

    private static async Task RebaseMetadataAsync(string id, string step, HttpContext context, PlaybookDocumentReader reader, PlaybookEngine engine)
    {
        var (playbook, index) = await FindStepAsync(id, step, context, engine);
        using var body = await JsonBody.ReadAsync(context.Request);
        var rebased = playbook.WithMetadata(index, await reader.ReadMetadataAsync(body.RootElement, context.RequestAborted));
        await engine.ImportAsync(rebased, context.User.ToActor(), context.RequestAborted);
        await JsonAnswer.WriteChangeAsync(context, rebased.Id, rebased.Steps[index].Id);
    }

    private static async Task RecomputeAsync(string id, string step, HttpContext context, PlaybookEngine engine)
    {
        var (playbook, index) = await FindStepAsync(id, step, context, engine);
        var recomputed = await engine.RecomputeAsync(playbook, index, context.RequestAborted);
        await JsonAnswer.WriteChangeAsync(context, recomputed.Id, recomputed.Steps[index].Id);
    }

    private static async Task<(Playbook Playbook, int Index)> FindStepAsync(string id, string step, HttpContext context, PlaybookEngine engine)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        var index = playbook.IndexOfStep(ApiIds.Step(step));
        return index >= 0 ? (playbook, index) : throw WorkflowException.NotFound($"There is no step {step} in this playbook.");
    }
}
