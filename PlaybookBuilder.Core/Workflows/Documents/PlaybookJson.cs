using System.Text.Encodings.Web;
using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>Writes the JSON forms of values, processes and steps, straight from what is kept.</summary>
public static class PlaybookJson
{
    /// <summary>For writers of these forms: text as it is, and no second look at values that were checked when they came.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes <c>{id, type, value}</c>, or null.</summary>
    public static void WriteDatum(Utf8JsonWriter writer, Datum? datum)
    {
        if (datum is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("id", datum.Id);
        WriteTypeAndValue(writer, datum);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>{id, type, data, inputs, timestamp?}</c>.</summary>
    public static void WriteProcess(Utf8JsonWriter writer, Process process)
    {
        writer.WriteStartObject();
        WriteProcessMembers(writer, process);
        writer.WriteEndObject();
    }

    /// <summary>Writes the list of steps, root first.</summary>
    /// <param name="outputs">The output of each step, to be written with it; null to leave outputs out.</param>
    public static void WriteSteps(Utf8JsonWriter writer, Playbook playbook, IReadOnlyList<Datum?>? outputs = null)
    {
        writer.WriteStartArray();
        for (var i = 0; i < playbook.Steps.Length; i++)
        {
            var step = playbook.Steps[i];
            writer.WriteStartObject();
            writer.WriteString("id", step.Id);
            WriteId(writer, "parent", step.ParentId);
            writer.WriteStartObject("process");
            WriteProcessMembers(writer, step.Process);
            if (outputs is not null)
            {
                writer.WritePropertyName("output");
                WriteDatum(writer, outputs[i]);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("cell_metadata");
            MetadataJson.WriteCell(writer, step.Cell);
            writer.WritePropertyName("playbook_metadata");
            MetadataJson.WritePlaybook(writer, step.Playbook);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void WriteTypeAndValue(Utf8JsonWriter writer, Datum datum)
    {
        writer.WriteString("type", datum.Type);
        writer.WritePropertyName("value");
        writer.WriteRawValue(datum.Value, skipInputValidation: true);
    }

    internal static void WriteInputs(Utf8JsonWriter writer, Process process)
    {
        writer.WriteStartObject("inputs");
        foreach (var input in process.Inputs)
        {
            writer.WriteStartObject(input.Key);
            writer.WriteString("id", input.ProcessId);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteProcessMembers(Utf8JsonWriter writer, Process process)
    {
        writer.WriteString("id", process.Id);
        writer.WriteString("type", process.Type);
        writer.WritePropertyName("data");
        WriteDatum(writer, process.Data);
        WriteInputs(writer, process);
        if (process.Timestamp is { } timestamp) writer.WriteString("timestamp", timestamp);
    }

    private static void WriteId(Utf8JsonWriter writer, string name, Guid? id)
    {
        if (id is { } value) writer.WriteString(name, value);
        else writer.WriteNull(name);
    }
}
