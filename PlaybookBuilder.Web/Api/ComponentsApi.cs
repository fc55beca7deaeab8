using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api.OpenApi;

namespace PlaybookBuilder.Web.Api;

/// <summary>What a workflow can be built of.</summary>
internal static class ComponentsApi
{
    public static void MapComponents(this IEndpointRouteBuilder api)
    {
        api.MapGet("", GetAllAsync).Describe(new("All components", "Data types, then process types, each ordered by spec.") { Gives = ApiSchemas.Components });
        api.MapGet("/{spec}", GetAsync).Describe(new("A component", "With its inputs, output and story, or the schema of its values.") { Gives = ApiSchemas.Component });
        api.MapGet("/{spec}/next", GetNextAsync).Describe(new("What can come next", "The process types that take this data type, or what this process type gives.") { Gives = ApiSchemas.Components });
        api.MapGet("/{spec}/prev", GetPreviousAsync).Describe(new("What can come before", "The process types that give this data type, or what this process type takes.") { Gives = ApiSchemas.Components });
    }

    private static Task GetAllAsync(HttpContext context, ComponentCatalog catalog) => JsonAnswer.WriteAsync(context, new ComponentJson(catalog), static (writer, json) =>
    {
        writer.WriteStartArray();
        foreach (var type in json.Catalog.DataTypes) json.WriteSummary(writer, type);
        foreach (var type in json.Catalog.ProcessTypes) json.WriteSummary(writer, type);
        writer.WriteEndArray();
    });

    private static Task GetAsync(string spec, HttpContext context, ComponentCatalog catalog)
    {
        var json = new ComponentJson(catalog);
        if (catalog.FindDataType(spec) is { } data) return JsonAnswer.WriteAsync(context, data, json.WriteWhole);
        if (catalog.FindProcessType(spec) is { } process) return JsonAnswer.WriteAsync(context, process, json.WriteWhole);
        throw NotFound(spec);
    }

    private static Task GetNextAsync(string spec, HttpContext context, ComponentCatalog catalog)
    {
        var given = catalog.FindDataType(spec)?.Spec ?? catalog.FindProcessType(spec)?.Output.Spec ?? throw NotFound(spec);
        return AnswerAsync(context, catalog, catalog.Taking(given));
    }

    private static Task GetPreviousAsync(string spec, HttpContext context, ComponentCatalog catalog)
    {
        IEnumerable<string> taken = catalog.FindDataType(spec) is { } data
            ? [data.Spec]
            : catalog.FindProcessType(spec)?.Arguments.Select(argument => argument.DataType.Spec).Distinct() ?? throw NotFound(spec);
        return AnswerAsync(context, catalog, [.. taken.SelectMany(catalog.Giving).OrderBy(type => type.Spec, StringComparer.Ordinal)]);
    }

    private static Task AnswerAsync(HttpContext context, ComponentCatalog catalog, IReadOnlyList<ProcessType> types) =>
        JsonAnswer.WriteAsync(context, (Json: new ComponentJson(catalog), types), static (writer, answer) => WriteList(writer, answer.Json, answer.types));

    private static void WriteList(Utf8JsonWriter writer, ComponentJson json, IReadOnlyList<ProcessType> types)
    {
        writer.WriteStartArray();
        foreach (var type in types) json.WriteSummary(writer, type);
        writer.WriteEndArray();
    }

    private static WorkflowException NotFound(string spec) => WorkflowException.NotFound($"There is no component '{spec}'.");
}
