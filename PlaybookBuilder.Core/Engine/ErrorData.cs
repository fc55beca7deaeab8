using System.Text.Json;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>The output of a process that failed: a message for the researcher.</summary>
[JsonConverter(typeof(ErrorDataConverter))]
[JsonShape("""{"type":"string"}""")]
public sealed record ErrorData(string Message) : IData
{
    public const string Spec = "Error";

    public static DataDescription Description { get; } = new(Spec, "Error", "Why a step has no result") { Type = "Error" };

    /// <summary>Makes a value of any message, also of one that quotes bytes which are no text.</summary>
    public static Datum ToDatum(string message) => DataCodec.Encode(Spec, new ErrorData(message.Replace('\0', '\uFFFD')));

    /// <summary>The message of a value that is an error.</summary>
    public static string MessageOf(Datum error) => JsonSerializer.Deserialize<string>(error.Value) ?? "";
}

internal sealed class ErrorDataConverter : JsonConverter<ErrorData>
{
    public override ErrorData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new ErrorData(reader.GetString()!) : throw new JsonException("expected text, the message");

    public override void Write(Utf8JsonWriter writer, ErrorData value, JsonSerializerOptions options) => writer.WriteStringValue(value.Message);
}
