using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>Playbooks: taking them in, giving them out.</summary>
internal static class PlaybooksApi
{
    public static void MapPlaybooks(this IEndpointRouteBuilder db)
    {
        db.MapPost("/fpl", PostAsync).Describe(new("Keep a playbook", "Takes a document and answers with the id of the playbook, the same for the same document. Ids in the document are labels of any kind; a step may also be the `id` of an existing process. Steps of unknown types are kept. Outputs in the document are not taken over. Files that it names must be yours, or have been accepted with the very same value before.")
        {
            Takes = ApiSchemas.Document,
            Gives = ApiSchemas.Id,
            Refuses = [StatusCodes.Status404NotFound],
        });
        db.MapGet("/fpl/{id}", GetAsync).Describe(new("The steps of a playbook", "Root first, without outputs.") { Gives = ApiSchemas.Steps });
        db.MapGet("/fpl/{id}/export", ExportAsync).Describe(new("A playbook as a document", "What `POST /api/db/fpl` takes, here or elsewhere, without outputs.") { Gives = ApiSchemas.Document });
    }

    private static async Task PostAsync(HttpContext context, PlaybookDocumentReader reader, PlaybookEngine engine)
    {
        using var body = await JsonBody.ReadAsync(context.Request);
        var playbook = await reader.ReadAsync(body.RootElement, context.RequestAborted);
        await engine.ImportAsync(playbook, context.User.ToActor(), context.RequestAborted);
        await JsonAnswer.WriteIdAsync(context, playbook.Id);
    }

    private static async Task GetAsync(string id, HttpContext context, PlaybookEngine engine)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        await JsonAnswer.WriteAsync(context, playbook, static (writer, playbook) => PlaybookJson.WriteSteps(writer, playbook));
    }

    private static async Task ExportAsync(string id, HttpContext context, PlaybookEngine engine)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        await JsonAnswer.WriteAsync(context, playbook, static (writer, playbook) => PlaybookDocumentWriter.Write(writer, playbook));
    }
}
