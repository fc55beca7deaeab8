using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>The JSON forms of what a playbook and its cells say of themselves.</summary>
internal static class MetadataJson
{
    private static readonly string[] Summaries = ["auto", "gpt", "manual"];

    /// <summary>Reads the metadata of a cell; what is not said is as it is by default.</summary>
    public static CellMetadata ReadCell(JsonElement given, string path)
    {
        var unsaid = new CellMetadata();
        return new CellMetadata(
            JsonMembers.FindText(given, "label", path) ?? unsaid.Label,
            JsonMembers.FindText(given, "description", path) ?? unsaid.Description,
            JsonMembers.FindBoolean(given, "process_visible", path) ?? unsaid.ProcessVisible,
            JsonMembers.FindBoolean(given, "data_visible", path) ?? unsaid.DataVisible);
    }

    /// <summary>Reads the metadata of a playbook; null when the object says nothing.</summary>
    public static PlaybookMetadata? TryReadPlaybook(JsonElement given, string? path)
    {
        var title = JsonMembers.FindText(given, "title", path);
        var description = JsonMembers.FindText(given, "description", path);
        var summary = JsonMembers.FindText(given, "summary", path);
        var gptSummary = JsonMembers.FindText(given, "gpt_summary", path);
        if (title is null && description is null && summary is null && gptSummary is null) return null;
        if (summary is not (null or "") && !Summaries.Contains(summary)) throw WorkflowException.Invalid("a summary is auto, gpt or manual.", JsonMembers.Under(path, "summary"));

        return new PlaybookMetadata(title ?? "", description ?? "", string.IsNullOrEmpty(summary) ? "auto" : summary, gptSummary ?? "");
    }

    public static void WriteCell(Utf8JsonWriter writer, CellMetadata? cell)
    {
        if (cell is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("id", cell.ToId());
        writer.WriteString("label", cell.Label);
        writer.WriteString("description", cell.Description);
        writer.WriteBoolean("process_visible", cell.ProcessVisible);
        writer.WriteBoolean("data_visible", cell.DataVisible);
        writer.WriteEndObject();
    }

    public static void WritePlaybook(Utf8JsonWriter writer, PlaybookMetadata? playbook)
    {
        if (playbook is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("id", playbook.ToId());
        writer.WriteString("title", playbook.Title);
        writer.WriteString("description", playbook.Description);
        writer.WriteString("summary", playbook.Summary);
        writer.WriteString("gpt_summary", playbook.GptSummary);
        writer.WriteEndObject();
    }
}
