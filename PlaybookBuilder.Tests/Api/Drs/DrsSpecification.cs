using System.Text.Json.Nodes;
using NJsonSchema;
using PlaybookBuilder.Tests.Support;
using YamlDotNet.Serialization;

namespace PlaybookBuilder.Tests.Api.Drs;

/// <summary>The schemas of GA4GH's own OpenAPI document of DRS 1.5.</summary>
internal static class DrsSpecification
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>Holds an answer against one of the documented responses, such as <c>200OkDrsObject</c>.</summary>
    public static async Task CheckAsync(JsonNode answer, string response)
    {
        var document = Read(Path.Combine(RealFiles.Specification("drs-1.5.0"), "components", "responses", $"{response}.yaml"));
        var schema = await JsonSchema.FromJsonAsync(document["content"]!["application/json"]!["schema"]!.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(answer.ToJsonString()));
    }

    /// <summary>A document with what it refers to in its place.</summary>
    private static JsonNode Read(string path) => Resolve(ToJson(Yaml.Deserialize(File.ReadAllText(path)))!, Path.GetDirectoryName(path)!);

    private static JsonNode Resolve(JsonNode node, string folder) => node switch
    {
        // The service-info that DRS extends is another specification's, at an address elsewhere.
        JsonObject reference when reference["$ref"]?.GetValue<string>() is { } target => target.StartsWith("http", StringComparison.Ordinal) ? new JsonObject() : Schema(Path.GetFullPath(Path.Combine(folder, target))),
        JsonObject one => new JsonObject(one.Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : (JsonNode?)Resolve(member.Value, folder)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Resolve(item, folder))]),
        _ => node.DeepClone(),
    };

    // What contents of bundles hold refers to itself; there are no bundles here.
    private static JsonNode Schema(string path) => Path.GetFileName(path) == "ContentsObject.yaml" ? new JsonObject() : Read(path);

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(member => KeyValuePair.Create((string)member.Key, ToJson(member.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create(value),
    };
}
