using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Storage.Configuration;

/// <summary>One <c>{"cls": ..., fields}</c> of a storage described in JSON. What does not fit is a <see cref="FormatException"/> that says where; values are never repeated in it, because they may be secrets.</summary>
internal sealed class StorageNode
{
    private readonly JsonElement _json;

    public StorageNode(JsonElement json, ILoggerFactory loggers)
    {
        (_json, Loggers) = (json, loggers);
        ClassName = json.ValueKind == JsonValueKind.Object ? Text("cls") : throw new FormatException("a storage is an object with a 'cls'");
    }

    public string ClassName { get; }

    /// <summary>For storages that write lines.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Refuses fields that the class does not have, most often misspelt ones.</summary>
    public void RequireOnly(params ReadOnlySpan<string> fields)
    {
        foreach (var property in _json.EnumerateObject())
        {
            if (property.Name != "cls" && !fields.Contains(property.Name))
                throw new FormatException($"'{ClassName}' has no field '{property.Name}'");
        }
    }

    public string Text(string field) =>
        _json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"the field '{field}' of a storage must be a text");

    /// <summary>Null where the field is missing or null.</summary>
    public string? OptionalText(string field) => Has(field) ? Text(field) : null;

    public bool Flag(string field, bool otherwise)
    {
        if (!Has(field))
            return otherwise;

        return _json.GetProperty(field).ValueKind is JsonValueKind.True or JsonValueKind.False ? _json.GetProperty(field).GetBoolean() : throw new FormatException($"the field '{field}' of '{ClassName}' must be true or false");
    }

    public double? Number(string field)
    {
        if (!Has(field))
            return null;

        return _json.GetProperty(field).ValueKind == JsonValueKind.Number && _json.GetProperty(field).TryGetDouble(out var number) && number >= 0
            ? number
            : throw new FormatException($"the field '{field}' of '{ClassName}' must be a number that is not negative");
    }

    /// <summary>HTTP headers as an object of texts; none where the field is missing or null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers(string field)
    {
        if (!Has(field)) return [];
        if (_json.GetProperty(field).ValueKind != JsonValueKind.Object) throw WrongHeaders(field);

        var headers = new List<KeyValuePair<string, string>>();
        using var request = new HttpRequestMessage();
        foreach (var header in _json.GetProperty(field).EnumerateObject())
        {
            var value = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : throw WrongHeaders(field);
            if (value.AsSpan().ContainsAny('\r', '\n', '\0') || !request.Headers.TryAddWithoutValidation(header.Name, value)) throw WrongHeaders(field);
            headers.Add(KeyValuePair.Create(header.Name, value));
        }

        return headers;
    }

    public StorageNode Node(string field) =>
        _json.TryGetProperty(field, out var value) ? new StorageNode(value, Loggers) : throw new FormatException($"'{ClassName}' lacks its field '{field}'");

    private FormatException WrongHeaders(string field) => new($"the field '{field}' of '{ClassName}' must be an object of HTTP headers, each a text of one line");

    private bool Has(string field) => _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;
}
