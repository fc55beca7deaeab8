using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A score in standard deviations; in JSON a number, or "nan", "inf", "-inf" for what JSON has no number for.</summary>
[JsonConverter(typeof(ZScoreConverter))]
[JsonShape("""{"anyOf":[{"type":"number"},{"enum":["nan","inf","-inf"]}]}""")]
public readonly record struct ZScore(double Value)
{
    public static implicit operator ZScore(double value) => new(value);

    public override string ToString() => Value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}

internal sealed class ZScoreConverter : JsonConverter<ZScore>
{
    private const string Expected = "expected a number, or one of the texts nan, inf and -inf";

    public override ZScore Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => ReadText(reader.GetString()!),
        var other => throw new JsonException($"{Expected}, found {NameOf(other)}"),
    };

    public override void Write(Utf8JsonWriter writer, ZScore value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value.Value)) writer.WriteNumberValue(value.Value);
        else writer.WriteStringValue(value.ToString());
    }

    private static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => token.ToString().ToLowerInvariant(),
    };

    private static double ReadText(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => throw new JsonException($"{Expected}, found '{text}'"),
    };
}
