using System.Text.Json;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;

namespace PlaybookBuilder.Web.Api;

/// <summary>The results of playbooks. Asking for them computes what is missing.</summary>
internal static class OutputsApi
{
    private const string Waiting = "Answers when every step is done. Waits as long as the client stays; `Prefer: wait=N` bounds that to N seconds, after which the answer is 202 with the status.";

    public static void MapOutputs(this IEndpointRouteBuilder db)
    {
        db.MapGet("/fpl/{id}/output", GetAsync).Describe(new("The steps of a playbook with their outputs", $"{Waiting} A step that waits for input has no output (null); one that failed has an output of type `Error`.")
        {
            Gives = ApiSchemas.Steps,
            Waits = true,
        });
        db.MapGet("/fpl/{id}/output/export", ExportAsync).Describe(new("A playbook as a document with its outputs", Waiting)
        {
            Gives = ApiSchemas.Document,
            Waits = true,
        });
    }

    private static Task GetAsync(string id, HttpContext context, PlaybookEngine engine, ResultWait wait) =>
        AnswerAsync(id, context, engine, wait, static (writer, result) => PlaybookJson.WriteSteps(writer, result.Playbook, result.Outputs));

    private static Task ExportAsync(string id, HttpContext context, PlaybookEngine engine, ResultWait wait) =>
        AnswerAsync(id, context, engine, wait, static (writer, result) => PlaybookDocumentWriter.Write(writer, result.Playbook, result.Outputs));

    private static async Task AnswerAsync(string id, HttpContext context, PlaybookEngine engine, ResultWait wait, Action<Utf8JsonWriter, (Playbook Playbook, Datum?[] Outputs)> write)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        if (await wait.WaitAsync(context, playbook) is not { } states) return;

        var outputs = await engine.ReadOutputsAsync(states, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, (playbook, outputs), write);
    }
}
