using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>Reads a list of names; a null or a number among them is refused with its place.</summary>
internal sealed class TermsConverter : JsonConverter<ImmutableArray<string>>
{
    public override ImmutableArray<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("expected a list of names");

        var terms = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException($"expected text at place {terms.Count} of the list");
            terms.Add(reader.GetString()!);
        }

        return terms.DrainToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var term in value) writer.WriteStringValue(term);
        writer.WriteEndArray();
    }
}
