using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>Writes playbooks as documents <c>{data, workflow, metadata}</c>, which <see cref="PlaybookDocumentReader"/> reads again.</summary>
public static class PlaybookDocumentWriter
{
    /// <param name="outputs">The output of each step, to be written among the data; null to leave outputs out.</param>
    public static void Write(Utf8JsonWriter writer, Playbook playbook, IReadOnlyList<Datum?>? outputs = null)
    {
        writer.WriteStartObject();
        WriteData(writer, playbook, outputs);
        writer.WriteStartArray("workflow");
        for (var i = 0; i < playbook.Steps.Length; i++) WriteEntry(writer, playbook.Steps[i], outputs?[i]);
        writer.WriteEndArray();
        if (playbook.Metadata is { } metadata)
        {
            writer.WritePropertyName("metadata");
            MetadataJson.WritePlaybook(writer, metadata);
        }

        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, Playbook playbook, IReadOnlyList<Datum?>? outputs)
    {
        var written = new HashSet<Guid>();
        writer.WriteStartObject("data");
        for (var i = 0; i < playbook.Steps.Length; i++)
        {
            WriteOnce(playbook.Steps[i].Process.Data);
            WriteOnce(outputs?[i]);
        }

        writer.WriteEndObject();

        void WriteOnce(Datum? datum)
        {
            if (datum is null || !written.Add(datum.Id)) return;

            writer.WriteStartObject(datum.Id.ToString());
            PlaybookJson.WriteTypeAndValue(writer, datum);
            writer.WriteEndObject();
        }
    }

    private static void WriteEntry(Utf8JsonWriter writer, Step step, Datum? output)
    {
        var process = step.Process;
        writer.WriteStartObject();
        writer.WriteString("id", process.Id);
        writer.WriteString("type", process.Type);
        if (!process.Inputs.IsEmpty) PlaybookJson.WriteInputs(writer, process);
        WriteReference(writer, "data", process.Data);
        WriteReference(writer, "output", output);
        // An addition to the reference's documents, for titles and visibility of single cells.
        if (step.Cell is { } cell)
        {
            writer.WritePropertyName("cell_metadata");
            MetadataJson.WriteCell(writer, cell);
        }

        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, string name, Datum? datum)
    {
        if (datum is null) return;

        writer.WriteStartObject(name);
        writer.WriteString("id", datum.Id);
        writer.WriteEndObject();
    }
}
