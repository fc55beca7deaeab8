using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>A cell of a preview: a number or a text; in JSON also "nan", "inf", "-inf" for what JSON has no number for.</summary>
[JsonConverter(typeof(CellConverter))]
[JsonShape("""{"type":["number","string"]}""")]
public readonly record struct Cell
{
    private Cell(double? number, string? text) => (Number, Text) = (number, text);

    /// <summary>The number; null where the cell is text.</summary>
    public double? Number { get; }

    /// <summary>The text; null where the cell is a number.</summary>
    public string? Text { get; }

    public static Cell Of(double number) => new(number, null);

    public static Cell Of(string text) => new(null, text);

    public override string ToString() => Number switch
    {
        null => Text ?? "",
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        { } number => number.ToString(CultureInfo.InvariantCulture),
    };
}

internal sealed class CellConverter : JsonConverter<Cell>
{
    public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => Cell.Of(reader.GetDouble()),
        JsonTokenType.String => Cell.Of(reader.GetString()!),
        _ => throw new JsonException("expected a number or a text"),
    };

    public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
    {
        if (value.Number is { } number && double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteStringValue(value.ToString());
    }
}
