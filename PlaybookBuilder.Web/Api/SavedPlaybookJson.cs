using System.Text.Json;
using PlaybookBuilder.Core.Playbooks;

namespace PlaybookBuilder.Web.Api;

/// <summary>The JSON forms of saved and published playbooks. Whose one is, is told to nobody.</summary>
internal static class SavedPlaybookJson
{
    public static void WriteList(Utf8JsonWriter writer, IEnumerable<SavedPlaybook> playbooks, Action<Utf8JsonWriter, SavedPlaybook> write)
    {
        writer.WriteStartArray();
        foreach (var playbook in playbooks) write(writer, playbook);
        writer.WriteEndArray();
    }

    /// <summary>What everybody may see of it.</summary>
    public static void WritePublished(Utf8JsonWriter writer, SavedPlaybook playbook)
    {
        writer.WriteStartObject();
        WriteMembers(writer, playbook);
        writer.WriteEndObject();
    }

    /// <summary>What its owner sees of it.</summary>
    public static void WriteOwn(Utf8JsonWriter writer, SavedPlaybook playbook)
    {
        writer.WriteStartObject();
        WriteMembers(writer, playbook);
        writer.WriteBoolean("public", playbook.Published is not null);
        writer.WriteString("created", playbook.Created);
        WriteTime(writer, "deleted", playbook.Deleted);
        writer.WriteEndObject();
    }

    public static void WriteVersions(Utf8JsonWriter writer, IEnumerable<SavedPlaybookVersion> versions)
    {
        writer.WriteStartArray();
        foreach (var version in versions)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", version.Number);
            writer.WriteString("playbook", version.PlaybookId);
            writer.WriteString("title", version.Title);
            writer.WriteString("created", version.Created);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter writer, SavedPlaybook playbook)
    {
        writer.WriteString("id", playbook.Id);
        writer.WriteString("playbook", playbook.PlaybookId);
        writer.WriteString("label", playbook.Title);
        writer.WriteString("description", playbook.Description);
        writer.WriteNumber("version", playbook.Version);
        WriteTime(writer, "published", playbook.Published);
        writer.WriteString("updated", playbook.Updated);
        writer.WriteString("authors", playbook.Authors);
        writer.WriteString("licence", playbook.Licence);
        writer.WriteString("licenceUrl", Licences.Find(playbook.Licence)?.Url);
        WriteTexts(writer, "inputs", playbook.Inputs);
        WriteTexts(writer, "outputs", playbook.Outputs);
        WriteTexts(writer, "dataSources", playbook.Sources);
        WriteTexts(writer, "tags", playbook.Tags);
        writer.WriteNumber("clicks", playbook.Clicks);
        writer.WriteBoolean("curated", playbook.IsCurated);
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known) writer.WriteString(name, known);
        else writer.WriteNull(name);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
