using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>Takes JSON apart that came from outside; whatever is not as expected is refused with its path.</summary>
internal static class JsonMembers
{
    /// <summary>The member's value; null when it is absent or null.</summary>
    public static JsonElement? Find(JsonElement parent, string name, string? path) =>
        FindAny(parent, name, path) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    /// <summary>The member's value, which may be JSON's null; null when it is absent.</summary>
    public static JsonElement? FindAny(JsonElement parent, string name, string? path)
    {
        RequireObject(parent, path);
        try
        {
            return parent.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            throw NotText(path);
        }
    }

    public static string? FindText(JsonElement parent, string name, string? path) =>
        Find(parent, name, path) is { } value ? Text(value, Under(path, name)) : null;

    public static bool? FindBoolean(JsonElement parent, string name, string? path) => Find(parent, name, path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Misfit("true or false", other, Under(path, name)),
    };

    public static double? FindNumber(JsonElement parent, string name, string? path) => Find(parent, name, path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        { } other => throw Misfit("a number", other, Under(path, name)),
    };

    /// <summary>A list of texts; null when it is absent or null.</summary>
    public static string[]? FindTexts(JsonElement parent, string name, string? path)
    {
        if (Find(parent, name, path) is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array) throw Misfit("a list of texts", list, Under(path, name));

        return [.. list.EnumerateArray().Select(item => Text(item, Under(path, name)))];
    }

    public static string Text(JsonElement value, string? path)
    {
        if (value.ValueKind != JsonValueKind.String) throw Misfit("text", value, path);

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NotText(path);
        }
    }

    /// <summary>The members of an object, each once.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Each(JsonElement parent, string? path)
    {
        RequireObject(parent, path);
        foreach (var member in parent.EnumerateObject()) yield return (Name(member, path), member.Value);
    }

    public static void RequireObject(JsonElement value, string? path)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Misfit("an object", value, path);
    }

    public static WorkflowException Misfit(string expected, JsonElement found, string? path) =>
        WorkflowException.Invalid($"expected {expected}, found {Describe(found)}.", path);

    public static string Under(string? path, string name) => path is null ? name : $"{path}.{name}";

    private static string Name(JsonProperty member, string? path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw NotText(path);
        }
    }

    // JsonElement throws on a lone surrogate that was written as an escape, and on bytes that are not UTF-8.
    private static WorkflowException NotText(string? path) => WorkflowException.Invalid("there is text that is not Unicode.", path);

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
