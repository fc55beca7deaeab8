using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Web.Api.Drs;

namespace PlaybookBuilder.Web.Api.OpenApi;

/// <summary>Makes the OpenAPI description out of the notes on the operations and the schemas of the catalogue.</summary>
internal static class ApiDescription
{
    public const string DocumentName = "v1";

    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";
    private const string EventStream = "text/event-stream";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.ShouldInclude = static description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true || IsOfDrs(description.RelativePath);
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
    });

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Playbook Builder",
            Version = DocumentName,
            Description = "Keep playbooks, change them, compute their results and follow them. Ids are made of content: the same playbook has the same id. Errors are problem details (RFC 9457).",
        };
        // Relative to wherever this is served from, also under a path prefix.
        document.Servers = [];
        foreach (var (name, schema) in ApiSchemas.All(context.ApplicationServices.GetRequiredService<ComponentCatalog>()))
        {
            document.AddComponent(name, Read(schema, document));
        }

        return Task.CompletedTask;
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationNotes>().FirstOrDefault() is not { } notes) return Task.CompletedTask;

        var document = context.Document!;
        if (notes.Takes is { } body) operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content(Json, body, document) };
        if (notes.Waits) (operation.Parameters ??= []).Add(PreferWait());
        operation.Responses = notes.Gives is { } gives ? new OpenApiResponses { ["200"] = Answer("Done.", Content(notes.IsEventStream ? EventStream : gives == ApiSchemas.DrsBytes ? MediaTypeNames.Application.Octet : Json, gives, document)) } : new OpenApiResponses { ["204"] = new OpenApiResponse { Description = "Done." } };
        if (notes.Waits) operation.Responses["202"] = Answer("The time that the client wanted to wait was over first: where the steps stand.", Content(Json, ApiSchemas.Status, document));
        foreach (var status in notes.Problems(context.Description.ParameterDescriptions.Any(static parameter => parameter.Source == BindingSource.Path)))
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = Answer(ReasonPhrases.GetReasonPhrase(status), IsOfDrs(context.Description.RelativePath) ? Content(Json, ApiSchemas.DrsError, document) : Content(ProblemJson, ApiSchemas.Problem, document));
        }

        return Task.CompletedTask;
    }

    private static bool IsOfDrs(string? path) => path?.StartsWith(DrsApi.Root[1..], StringComparison.Ordinal) == true;

    private static OpenApiSchema Read(JsonNode schema, OpenApiDocument document) =>
        new OpenApiJsonReader().ReadFragment<OpenApiSchema>(schema, OpenApiSpecVersion.OpenApi3_1, document, out _, null)
        ?? throw new InvalidOperationException($"This is not a schema: {schema.ToJsonString()}");

    private static OpenApiParameter PreferWait() => new()
    {
        Name = "Prefer",
        In = ParameterLocation.Header,
        Description = "`wait=N`: answer after N seconds at the latest.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = "wait=10",
    };

    private static Dictionary<string, OpenApiMediaType> Content(string type, string schema, OpenApiDocument document) =>
        new() { [type] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema, document) } };

    private static OpenApiResponse Answer(string text, Dictionary<string, OpenApiMediaType> content) => new() { Description = text, Content = content };
}
