using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>Says in a person's words why a JSON value does not fit a record: what was expected and what was found.</summary>
internal static class DataMisfit
{
    private const string ConversionFailed = "The JSON value could not be converted";

    public static string Describe(Type type, string json, JsonException exception)
    {
        if (MissingMembers(exception.Message) is { } missing) return missing;

        var isConversion = exception.Message.StartsWith(ConversionFailed, StringComparison.Ordinal) || exception.Message.Contains("allow null values", StringComparison.Ordinal);
        if (!isConversion) return exception.Message.TrimEnd('.');

        using var document = JsonDocument.Parse(json);
        var path = ParsePath(exception.Path ?? "$");
        return $"expected {Expected(type, path)}, found {Found(document.RootElement, path)}";
    }

    // "... was missing required properties including: 'term', 'zscore'."
    private static string? MissingMembers(string message)
    {
        const string marker = "missing required properties including: ";
        var start = message.IndexOf(marker, StringComparison.Ordinal);
        if (start < 0) return null;

        var names = message[(start + marker.Length)..].TrimEnd('.');
        var last = names.LastIndexOf("', '", StringComparison.Ordinal);
        return last < 0 ? $"{names} is missing" : $"{names[..(last + 1)]} and {names[(last + 3)..]} are missing";
    }

    // "$.a.b[3]['c d']" as a, b, 3, c d
    private static List<string> ParsePath(string path)
    {
        var steps = new List<string>();
        var rest = path.AsSpan(1);
        while (!rest.IsEmpty)
        {
            var quoted = rest.StartsWith("['");
            var start = quoted ? 2 : 1;
            var length = quoted ? rest[start..].IndexOf("']") : rest[0] == '[' ? rest[start..].IndexOf(']') : rest[start..].IndexOfAny('.', '[');
            if (length < 0) length = rest.Length - start;
            steps.Add(rest.Slice(start, length).ToString());
            var closing = quoted ? 2 : rest[0] == '[' ? 1 : 0;
            rest = rest[Math.Min(rest.Length, start + length + closing)..];
        }

        return steps;
    }

    private static string Expected(Type type, List<string> path)
    {
        foreach (var step in path)
        {
            var info = DataCodec.Options.GetTypeInfo(Unwrapped(type));
            var next = info.Kind switch
            {
                JsonTypeInfoKind.Object => info.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType,
                JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => info.ElementType,
                _ => null,
            };
            if (next is null) break;
            type = next;
        }

        type = Unwrapped(type);
        return DataCodec.Options.GetTypeInfo(type).Kind switch
        {
            JsonTypeInfoKind.Object => "an object",
            JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "a list",
            _ when type == typeof(string) => "text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ => $"a {type.Name}",
        };
    }

    private static Type Unwrapped(Type type) => Nullable.GetUnderlyingType(type) ?? BareDataConverterFactory.BareTypeOf(type) ?? type;

    private static string Found(JsonElement value, List<string> path)
    {
        foreach (var step in path)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var member)) value = member;
            else if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < value.GetArrayLength()) value = value[index];
            else break;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "text",
            JsonValueKind.Number => $"the number {value.GetRawText()}",
            JsonValueKind.Null => "null",
            _ => value.GetRawText(),
        };
    }
}
