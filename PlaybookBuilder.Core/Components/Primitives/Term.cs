using System.Text.Json;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>One gene, drug, disease ...; in JSON its bare name.</summary>
[JsonConverter(typeof(TermConverterFactory))]
[JsonShape("""{"type":"string","minLength":1}""")]
public sealed record Term<T>(string Value) : IData, IChecked
    where T : IPrimitive
{
    public static DataDescription Description { get; } = new($"Term[{T.Name}]", T.Label, $"One {T.Label.ToLowerInvariant()}")
    {
        Type = T.Label,
        Cardinality = "Term",
        PageRank = T.PageRank,
        Example = T.Example is { } example ? new Term<T>(example) : null,
    };

    public IEnumerable<(string Path, string Problem)> Check()
    {
        if (string.IsNullOrWhiteSpace(Value)) yield return ("$", "the text is empty");
    }

    public override string ToString() => Value;
}

internal sealed class TermConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Term<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(TermConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}

internal sealed class TermConverter<T> : JsonConverter<Term<T>>
    where T : IPrimitive
{
    public override Term<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new Term<T>(reader.GetString()!) : throw new JsonException("expected text, the name itself");

    public override void Write(Utf8JsonWriter writer, Term<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
