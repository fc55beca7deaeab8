using System.Text.Json.Nodes;
using NJsonSchema;
using PlaybookBuilder.Tests.Support;
using YamlDotNet.Serialization;

namespace PlaybookBuilder.Tests.Cavatica.Wes;

/// <summary>The schemas of GA4GH's own OpenAPI document of WES 1.1.</summary>
internal static class WesSpecification
{
    private const string Local = "#/components/schemas/";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    private static readonly Lazy<IDictionary<object, object>> Schemas = new(() =>
    {
        var document = Yaml.Deserialize<Dictionary<object, object>>(File.ReadAllText(RealFiles.Specification("wes-1.1.0.openapi.yaml")));
        return (IDictionary<object, object>)((IDictionary<object, object>)document["components"])["schemas"];
    });

    /// <summary>What an answer has that a schema, such as <c>RunLog</c>, does not allow.</summary>
    public static async Task<IEnumerable<string>> ProblemsAsync(JsonNode answer, string name)
    {
        var schema = await JsonSchema.FromJsonAsync(Resolve(ToJson(Schemas.Value[name])!).ToJsonString(), TestContext.Current.CancellationToken);
        return schema.Validate(answer.ToJsonString()).Select(problem => $"{name}: {problem}");
    }

    /// <summary>With what it refers to in its place.</summary>
    private static JsonNode Resolve(JsonNode node) => node switch
    {
        // The service-info that WES extends is another specification's, at an address elsewhere.
        JsonObject reference when reference["$ref"]?.GetValue<string>() is { } target => target.StartsWith(Local, StringComparison.Ordinal) ? Resolve(ToJson(Schemas.Value[target[Local.Length..]])!) : new JsonObject(),
        JsonObject one => new JsonObject(one.Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : (JsonNode?)Resolve(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Resolve(item))]),
        _ => node.DeepClone(),
    };

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(member => KeyValuePair.Create($"{member.Key}", ToJson(member.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create(value),
    };
}
