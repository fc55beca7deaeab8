using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>
/// Between records and JSON. A value is checked where it enters, and kept as it came, so that members which the record does not know are exported again.
/// </summary>
internal static class DataCodec
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new BareDataConverterFactory() },
    };

    /// <exception cref="WorkflowException">The value does not fit; the message names the path in it.</exception>
    public static object Decode(Type type, string json, string label)
    {
        object? value;
        try
        {
            value = JsonSerializer.Deserialize(json, type, Options);
        }
        catch (JsonException exception)
        {
            throw Misfit(label, exception.Path ?? "$", DataMisfit.Describe(type, json, exception));
        }

        if (value is null) throw Misfit(label, "$", "a value is needed, not null");
        if (value is IChecked check)
        {
            foreach (var (path, problem) in check.Check()) throw Misfit(label, path, problem);
        }

        return value;
    }

    public static Datum Encode(string type, object value) => Datum.OfJson(type, JsonSerializer.Serialize(value, value.GetType(), Options));

    /// <summary>The JSON schema of a record, for the API's description and the catalogue.</summary>
    public static JsonNode SchemaOf(Type type) => Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        // A schema that admits everything is written as {}: not every reader of schemas knows that true is one too.
        TransformSchemaNode = static (context, schema) => OwnSchemaOf(context.TypeInfo.Type) ?? (schema is JsonObject ? schema : new JsonObject()),
    });

    // What a converter writes is hidden from the exporter.
    private static JsonNode? OwnSchemaOf(Type type)
    {
        if (type.GetCustomAttribute<JsonShapeAttribute>() is { } shape) return JsonNode.Parse(shape.Schema);

        return BareDataConverterFactory.BareTypeOf(type) is { } bare ? SchemaOf(bare) : null;
    }

    private static WorkflowException Misfit(string label, string path, string problem) =>
        WorkflowException.Invalid($"This does not fit {label}, at {path}: {problem}.");
}

/// <summary>The JSON schema of a type that has a converter of its own, which the schema exporter cannot see into.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class JsonShapeAttribute(string schema) : Attribute
{
    public string Schema { get; } = schema;
}
