using System.Text;
using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.BadRequests;

/// <summary>Makes bad JSON of good: other types, missing and unknown members, texts of <see cref="NastyTexts"/>, broken encodings.</summary>
internal static class JsonSpoiler
{
    private const int DepthThatNoParserTakes = 20_000;

    private static readonly JsonNode?[] Kinds = [null, JsonValue.Create(-1), JsonNode.Parse("1e400"), JsonValue.Create(true), new JsonArray(JsonValue.Create(1)), new JsonObject { ["a"] = null }, JsonValue.Create("\0"), JsonValue.Create(new string('a', 70_000))];

    private static readonly string[] Wholes =
    [
        "", " ", "null", "true", "-0", "1e400", "\"text\"", "[]", "{}", "[[]]", "[null]", "{\"\": {}}", "{", "{\"a\":", "[1,]", "{'a': 1}", "\uFEFF{}", "{} {}", "// comment\n{}", "{\"a\": 01}", "\"\\ud800\"", "{\"\\ud800\": \"\\udfff\"}", "{\"data\": {\"a\": null}, \"workflow\": [{}]}",
        new string('[', DepthThatNoParserTakes), string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60),
    ];

    /// <summary>Each place with one of each kind in it.</summary>
    public static IEnumerable<byte[]> SpoilEach(string? json)
    {
        if (json is null or "") yield break;

        var places = PlacesOf(JsonNode.Parse(json)).Count();
        for (var place = 1; place < places; place++)
        {
            foreach (var other in Kinds)
            {
                var node = JsonNode.Parse(json)!;
                var (parent, key) = PlacesOf(node).ElementAt(place);
                Set(parent!, key!, other?.DeepClone());
                yield return Encoding.UTF8.GetBytes(node.ToJsonString());
            }
        }
    }

    public static byte[] Spoil(string? json, Random random)
    {
        if (json is null or "" || random.Next(4) == 0) return Encode(Wholes[random.Next(Wholes.Length)], random);

        var node = JsonNode.Parse(json)!;
        for (var changes = random.Next(1, 4); changes > 0; changes--) node = Change(node, random);
        return Encode(node.ToJsonString(), random);
    }

    // A good value with one thing changed gets further into the application than noise does.
    private static JsonNode Change(JsonNode node, Random random)
    {
        var places = PlacesOf(node).ToArray();
        var (parent, key) = places[random.Next(places.Length)];
        if (parent is null) return new JsonArray(node.DeepClone());

        switch (random.Next(5))
        {
            case 0 when parent is JsonObject members:
                members.Remove((string)key!);
                break;
            case 1 when parent is JsonObject members:
                members[NastyTexts.InBodies[random.Next(NastyTexts.InBodies.Count)]] = Other(random);
                break;
            default:
                Set(parent, key!, Other(random));
                break;
        }

        return node;
    }

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (parent is JsonObject members) members[(string)key] = value;
        else parent.AsArray()[(int)key] = value;
    }

    private static JsonNode? Other(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-2, 3)),
        2 => JsonNode.Parse("1e400"),
        3 => JsonNode.Parse("-99999999999999999999"),
        4 => JsonValue.Create(true),
        5 => new JsonArray(),
        6 => new JsonObject(),
        7 => new JsonArray(null, new JsonArray(), "a"),
        8 => new JsonObject { ["id"] = JsonValue.Create(1), ["type"] = new JsonArray(), ["value"] = null },
        9 => new JsonArray([.. Enumerable.Range(0, 3_000).Select(static number => JsonValue.Create(number))]),
        _ => JsonValue.Create(NastyTexts.InBodies[random.Next(NastyTexts.InBodies.Count)]),
    };

    private static IEnumerable<(JsonNode? Parent, object? Key)> PlacesOf(JsonNode? node)
    {
        yield return (null, null);
        foreach (var place in Within(node)) yield return place;
    }

    private static IEnumerable<(JsonNode? Parent, object? Key)> Within(JsonNode? node)
    {
        var children = node switch
        {
            JsonObject members => members.Select(static member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select(static (item, index) => ((object)index, item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            yield return (node, key);
            foreach (var place in Within(child)) yield return place;
        }
    }

    private static byte[] Encode(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(12))
        {
            case 0:
                return Encoding.Unicode.GetBytes(text);
            case 1:
                return bytes[..random.Next(bytes.Length + 1)];
            case 2 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            default:
                return bytes;
        }
    }
}
