using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Web.Api.Files;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>Writes the documents of DRS 1.5.</summary>
internal static partial class DrsJson
{
    /// <summary>An object under the id that it was asked for by.</summary>
    /// <param name="dataUrl">Where its bytes are.</param>
    /// <param name="storage">What the storage can do with them.</param>
    public static void WriteObject(Utf8JsonWriter writer, string id, Upload upload, string selfUri, string dataUrl, StorageCapabilities storage)
    {
        var created = upload.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("name", NotPortable.Replace(upload.Filename, "_"));
        writer.WriteString("self_uri", selfUri);
        writer.WriteNumber("size", upload.Size);
        writer.WriteString("created_time", created);
        // What an id names never changes.
        writer.WriteString("updated_time", created);
        writer.WriteString("version", upload.Sha256);
        writer.WriteString("mime_type", FileMediaTypes.Of(upload.Filename));
        writer.WriteStartArray("checksums");
        writer.WriteStartObject();
        writer.WriteString("checksum", upload.Sha256);
        writer.WriteString("type", "sha-256");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("access_methods");
        WriteAccessMethod(writer, DrsApi.HttpsAccess, dataUrl, null, upload);
        // Its URL is of the same kind; only the cloud's own server answers there.
        if (storage.SignedReadUrls) WriteAccessMethod(writer, DrsApi.SignedAccess, null, storage.Cloud, upload);
        writer.WriteEndArray();
        writer.WriteString("description", upload.Filename);
        writer.WriteStartArray("aliases");
        // Both names of an object are told by either.
        writer.WriteStringValue(id == upload.Id ? upload.Sha256 : upload.Id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>How to ask for an object.</summary>
    public static void WriteAuthorizations(Utf8JsonWriter writer, string id, Upload upload)
    {
        writer.WriteStartObject();
        writer.WriteString("drs_object_id", id);
        writer.WriteStartArray("supported_types");
        writer.WriteStringValue(DrsObjects.IsOpen(upload) ? "None" : "BearerAuth");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteAccessUrl(Utf8JsonWriter writer, string url)
    {
        writer.WriteStartObject();
        writer.WriteString("url", url);
        writer.WriteEndObject();
    }

    /// <summary>What an answer about many says of all of them.</summary>
    /// <param name="unresolved">The ids of those that were not found, are not for who asked or can't be had, and the status that says so.</param>
    public static void WriteSummary(Utf8JsonWriter writer, int requested, IReadOnlyCollection<(string Id, int Code)> unresolved)
    {
        writer.WriteStartObject("summary");
        writer.WriteNumber("requested", requested);
        writer.WriteNumber("resolved", requested - unresolved.Count);
        writer.WriteNumber("unresolved", unresolved.Count);
        writer.WriteEndObject();
        writer.WriteStartArray("unresolved_drs_objects");
        foreach (var same in unresolved.GroupBy(static one => one.Code))
        {
            writer.WriteStartObject();
            writer.WriteNumber("error_code", same.Key);
            writer.WriteStartArray("object_ids");
            foreach (var (id, _) in same) writer.WriteStringValue(id);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAccessMethod(Utf8JsonWriter writer, string accessId, string? url, string? cloud, Upload upload)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "https");
        writer.WriteString("access_id", accessId);
        if (url is not null && !upload.IsDamaged)
        {
            writer.WritePropertyName("access_url");
            WriteAccessUrl(writer, url);
        }

        if (cloud is not null) writer.WriteString("cloud", cloud);
        writer.WriteBoolean("available", !upload.IsDamaged);
        writer.WritePropertyName("authorizations");
        WriteAuthorizations(writer, upload.Id, upload);
        writer.WriteEndObject();
    }

    // The specification takes names of these characters only; the whole name is the description.
    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotPortable { get; }
}
