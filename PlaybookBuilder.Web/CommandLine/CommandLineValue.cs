using System.Text.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>
/// Reads values as people write them: JSON, plain text, <c>@file</c> for the content of a file; and for what takes a file, its path.
/// </summary>
internal static class CommandLineValue
{
    private const char FileMark = '@';

    /// <param name="type">The record that the value is for.</param>
    /// <returns>The value as JSON, not yet held against the record.</returns>
    /// <exception cref="UsageException">The file is not there.</exception>
    public static async Task<string> ReadAsync(string text, Type type, CancellationToken cancellationToken)
    {
        if (type == typeof(FileUrl)) return await ReadFileUrlAsync(text, cancellationToken);

        var given = text.StartsWith(FileMark) ? await File.ReadAllTextAsync(Existing(text[1..]), cancellationToken) : text;
        return TakesText(type) ? TextToJson(given) : IsJson(given) ? given : JsonSerializer.Serialize(given);
    }

    // What an earlier command wrote names a file too, so a file may hold the value, or be it.
    private static async Task<string> ReadFileUrlAsync(string text, CancellationToken cancellationToken)
    {
        const int longestValue = 64 * 1024;
        if (text.StartsWith('{')) return text;

        var path = Existing(text.StartsWith(FileMark) ? text[1..] : text);
        if (text.StartsWith(FileMark) && new FileInfo(path).Length <= longestValue)
        {
            var content = await File.ReadAllTextAsync(path, cancellationToken);
            if (content.TrimStart().StartsWith('{') && IsJson(content)) return content;
        }

        return JsonSerializer.Serialize(CommandLineFiles.Of(path, size: new FileInfo(path).Length), DataCodec.Options);
    }

    private static string Existing(string path)
    {
        var local = Uri.TryCreate(path, UriKind.Absolute, out var address) && address.IsFile ? address.LocalPath : path;
        return File.Exists(local) ? local : throw new UsageException($"There is no file '{path}'.");
    }

    private static bool TakesText(Type type) =>
        DataCodec.SchemaOf(type) is JsonObject schema && schema["type"] is JsonValue kind && kind.TryGetValue<string>(out var name) && name == "string";

    // Names such as 1 or true are text where text is taken; only what stands in quotes is JSON already.
    private static string TextToJson(string given)
    {
        var trimmed = given.Trim();
        return trimmed.StartsWith('"') && IsJson(trimmed) ? trimmed : JsonSerializer.Serialize(trimmed);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
