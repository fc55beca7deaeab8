using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>Single processes, wherever they stand.</summary>
internal static class ProcessesApi
{
    public static void MapProcesses(this IEndpointRouteBuilder db)
    {
        db.MapGet("/process/{id}", GetAsync).Describe(new("A process", "Its type, the answer to its prompt and its inputs.") { Gives = ApiSchemas.Process });
        db.MapGet("/process/{id}/inputs", GetInputsAsync).Describe(new("The values that a process takes", "By the names of its inputs; a list for an input that takes many. Waits for them as `/output` does.") { Gives = ApiSchemas.Inputs, Waits = true, Refuses = [StatusCodes.Status422UnprocessableEntity] });
        db.MapGet("/process/{id}/output", GetOutputAsync).Describe(new("The output of a process", "Waits for it as the playbook's `/output` does; null while the process waits for input.") { Gives = ApiSchemas.Output, Waits = true });
        db.MapPost("/process/{id}/output/delete", DeleteOutputAsync).Describe(new("Forget the output of a process", "For administrators, since everybody shares it.") { Gives = ApiSchemas.Nothing, Refuses = [StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict] });
    }

    private static async Task GetAsync(string id, HttpContext context, PlaybookEngine engine)
    {
        var lineage = await engine.GetLineageAsync(ApiIds.Process(id), context.RequestAborted);
        await JsonAnswer.WriteAsync(context, lineage.Head.Process, PlaybookJson.WriteProcess);
    }

    private static async Task GetInputsAsync(string id, HttpContext context, PlaybookEngine engine, ComponentCatalog catalog, ResultWait wait)
    {
        var lineage = await engine.GetLineageAsync(ApiIds.Process(id), context.RequestAborted);
        var before = Playbook.Of(lineage.Steps[..^1]);
        if (await wait.WaitAsync(context, before) is not { } states) return;

        var sources = lineage.SourcesOf(lineage.Steps.Length - 1);
        var outputs = await engine.ReadOutputsAsync([.. sources.Select(source => states[source])], context.RequestAborted);
        var inputs = ProcessInputs.Of(lineage.Head.Process, catalog, outputs);
        await JsonAnswer.WriteAsync(context, inputs, ProcessInputs.Write);
    }

    private static async Task GetOutputAsync(string id, HttpContext context, PlaybookEngine engine, ResultWait wait)
    {
        var lineage = await engine.GetLineageAsync(ApiIds.Process(id), context.RequestAborted);
        if (await wait.WaitAsync(context, lineage) is not { } states) return;

        var outputs = await engine.ReadOutputsAsync([states[^1]], context.RequestAborted);
        await JsonAnswer.WriteAsync(context, outputs[0], PlaybookJson.WriteDatum);
    }

    private static async Task DeleteOutputAsync(string id, HttpContext context, PlaybookEngine engine)
    {
        if (!context.User.IsInRole(Roles.Admin)) throw new ApiRefusal(StatusCodes.Status403Forbidden, "Outputs are shared, so only an administrator may delete one.");

        var lineage = await engine.GetLineageAsync(ApiIds.Process(id), context.RequestAborted);
        if (lineage.Head.Process.Timestamp is not null) throw new ApiRefusal(StatusCodes.Status409Conflict, "A saved playbook shows this output; recompute the step of the playbook instead.");

        await engine.RecomputeAsync(lineage, lineage.Steps.Length - 1, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, 0, static (writer, _) => writer.WriteNullValue());
    }
}
