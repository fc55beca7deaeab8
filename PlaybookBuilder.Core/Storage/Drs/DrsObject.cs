using System.Text.Json;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>An object or a bundle of objects as a DRS server describes it (GA4GH DRS 1.5, <c>DrsObject</c>), read leniently: what is missing or of another form is left out.</summary>
/// <param name="Checksums">As <c>type:checksum</c>, in order.</param>
/// <param name="Contents">Null for what is no bundle.</param>
internal sealed record DrsObject(long? Size, DateTimeOffset? Time, string? FileName, IReadOnlyList<string> Checksums, IReadOnlyList<DrsAccessMethod> AccessMethods, IReadOnlyList<DrsContent>? Contents)
{
    public static DrsObject Read(JsonElement json) => new(
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes) && bytes >= 0 ? bytes : null,
        ReadTime(json, "updated_time") ?? ReadTime(json, "created_time"),
        DrsJson.Text(json, "description") ?? DrsJson.Text(json, "name"),
        [.. DrsJson.Items(json, "checksums").Select(static sum => $"{DrsJson.Text(sum, "type")}:{DrsJson.Text(sum, "checksum")}").Order(StringComparer.Ordinal)],
        [.. DrsJson.Items(json, "access_methods").Where(static method => DrsJson.Text(method, "type") is "https" or "http").Select(DrsAccessMethod.Read)],
        DrsContent.ReadAll(json));

    /// <summary>Whether another description is of the same bytes: those of an object never change, but its id may be given to another by a server that does not keep to that.</summary>
    public bool HasSameBytesAs(DrsObject other) => Size == other.Size && Checksums.SequenceEqual(other.Checksums);

    private static DateTimeOffset? ReadTime(JsonElement json, string name) =>
        DrsJson.Text(json, name) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
}

/// <summary>A way to an object's bytes over HTTP: where they are, or by which id that can be asked for, or both.</summary>
internal sealed record DrsAccessMethod(DrsAccess? Access, string? AccessId)
{
    public static DrsAccessMethod Read(JsonElement json) => new(json.TryGetProperty("access_url", out var access) ? DrsAccess.Read(access) : null, DrsJson.Text(json, "access_id"));
}

/// <summary>Where bytes are, and what to ask with there.</summary>
internal sealed record DrsAccess(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>An object as the specification has it, or a text, as older servers send it; null for anything else.</summary>
    public static DrsAccess? Read(JsonElement json)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString() : DrsJson.Text(json, "url");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) ? new DrsAccess(url, [.. DrsJson.Items(json, "headers").Select(ReadHeader).OfType<KeyValuePair<string, string>>()]) : null;
    }

    private static KeyValuePair<string, string>? ReadHeader(JsonElement header) =>
        header.ValueKind == JsonValueKind.String && header.GetString()!.Split(':', 2) is [var name, var value] ? KeyValuePair.Create(name.Trim(), value.Trim()) : null;
}

/// <summary>What a bundle holds under a name: an object with an id, or a bundle whose contents are here.</summary>
internal sealed record DrsContent(string Name, string? Id, IReadOnlyList<DrsContent>? Contents)
{
    public static IReadOnlyList<DrsContent>? ReadAll(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("contents", out var contents) && contents.ValueKind == JsonValueKind.Array
            ? [.. contents.EnumerateArray().Where(static item => DrsJson.Text(item, "name") is not null).Select(static item => new DrsContent(DrsJson.Text(item, "name")!, DrsJson.Text(item, "id"), ReadAll(item)))]
            : null;
}
