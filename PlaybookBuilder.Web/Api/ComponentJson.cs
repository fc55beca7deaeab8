using System.Text.Json;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Web.Api;

/// <summary>Writes what components say of themselves.</summary>
internal sealed class ComponentJson(ComponentCatalog catalog)
{
    public ComponentCatalog Catalog => catalog;

    public void WriteSummary(Utf8JsonWriter writer, DataType type)
    {
        writer.WriteStartObject();
        WriteSummaryMembers(writer, type);
        writer.WriteEndObject();
    }

    public void WriteSummary(Utf8JsonWriter writer, ProcessType type)
    {
        writer.WriteStartObject();
        WriteSummaryMembers(writer, type);
        writer.WriteEndObject();
    }

    public void WriteWhole(Utf8JsonWriter writer, DataType type)
    {
        writer.WriteStartObject();
        WriteSummaryMembers(writer, type);
        writer.WritePropertyName("schema");
        DataCodec.SchemaOf(type.ClrType).WriteTo(writer);
        if (type.Description.Example is { } example)
        {
            writer.WritePropertyName("example");
            writer.WriteRawValue(type.Encode(example).Value, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    public void WriteWhole(Utf8JsonWriter writer, ProcessType type)
    {
        writer.WriteStartObject();
        WriteSummaryMembers(writer, type);
        writer.WriteStartObject("inputs");
        foreach (var argument in type.Arguments) WriteArgument(writer, argument);
        writer.WriteEndObject();
        WriteReference(writer, "output", type.Output.Spec);
        if (type.AnswerType is { } answer)
        {
            writer.WritePropertyName("data");
            DataCodec.SchemaOf(answer).WriteTo(writer);
        }

        writer.WriteNumber("version", type.Version);
        writer.WritePropertyName("story");
        StoryJson.Write(writer, type);
        writer.WriteEndObject();
    }

    private void WriteSummaryMembers(Utf8JsonWriter writer, DataType type)
    {
        var description = type.Description;
        writer.WriteString("id", type.Spec);
        writer.WriteString("kind", "data");
        writer.WriteString("type", IsLast(type) ? "Viewer" : "Data");
        writer.WriteStartObject("meta");
        WriteMeta(writer, description.Label, description.Text, description.PageRank);
        writer.WriteStartObject("tags");
        WriteTag(writer, "Type", description.Type);
        WriteTag(writer, "Cardinality", description.Cardinality);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteSummaryMembers(Utf8JsonWriter writer, ProcessType type)
    {
        var description = type.Description;
        writer.WriteString("id", type.Spec);
        writer.WriteString("kind", "process");
        writer.WriteString("type", (type.IsPrompt, IsLast(type.Output)) switch
        {
            (true, true) => "Interactive Viewer",
            (true, false) => "Prompt",
            (false, true) => "View Resolver",
            (false, false) => "Resolver",
        });
        writer.WriteStartObject("meta");
        WriteMeta(writer, description.Label, description.Text, description.PageRank);
        writer.WriteBoolean("hidden", description.Hidden);
        writer.WriteBoolean("external", description.External);
        writer.WriteStartObject("tags");
        foreach (var group in type.Tags.GroupBy(tag => tag.Group))
        {
            writer.WriteStartObject(group.Key);
            foreach (var value in group.Select(tag => tag.Value).Distinct()) writer.WriteNumber(value, 1);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private bool IsLast(DataType type) => catalog.Taking(type.Spec).Count == 0;

    private static void WriteMeta(Utf8JsonWriter writer, string label, string text, int pageRank)
    {
        writer.WriteString("label", label);
        writer.WriteString("description", text);
        writer.WriteNumber("pagerank", pageRank);
    }

    private static void WriteTag(Utf8JsonWriter writer, string group, string? value)
    {
        if (value is null) return;

        writer.WriteStartObject(group);
        writer.WriteNumber(value, 1);
        writer.WriteEndObject();
    }

    private static void WriteArgument(Utf8JsonWriter writer, Argument argument)
    {
        if (!argument.IsMany)
        {
            WriteReference(writer, argument.Name, argument.DataType.Spec);
            return;
        }

        writer.WriteStartArray(argument.Name);
        writer.WriteStartObject();
        writer.WriteString("id", argument.DataType.Spec);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteReference(Utf8JsonWriter writer, string name, string spec)
    {
        writer.WriteStartObject(name);
        writer.WriteString("id", spec);
        writer.WriteEndObject();
    }
}
