using System.Text.Json;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>What the programs of one deployment tell each other: that something happened to a process, or that there is work. Ids only, and progress; never values.</summary>
internal static class PostgresMessages
{
    public const string Channel = "playbook";

    /// <summary>There is something to run.</summary>
    public const string Work = "work";

    // The limit of Postgres is 8,000 bytes.
    private const int MostBytes = 7_900;
    private const int MostOfAMessage = 500;

    /// <summary>Packs signals into as few payloads as hold them.</summary>
    public static IEnumerable<string> Pack(IEnumerable<EngineSignal> signals)
    {
        var lines = new List<string>();
        var bytes = 0;
        foreach (var signal in signals)
        {
            var line = JsonSerializer.Serialize(Line.Of(signal), LineContext.Default.Line);
            if (bytes + line.Length + 1 > MostBytes)
            {
                yield return string.Join('\n', lines);
                lines.Clear();
                bytes = 0;
            }

            // The serializer escapes whatever is not ASCII, so a character is a byte.
            lines.Add(line);
            bytes += line.Length + 1;
        }

        if (lines.Count > 0) yield return string.Join('\n', lines);
    }

    public static IEnumerable<EngineSignal> Unpack(string payload) => payload.Split('\n').Select(line => JsonSerializer.Deserialize(line, LineContext.Default.Line)!.ToSignal());

    internal sealed record Line(Guid Id, SignalKind Kind, double? Percent, string? Message, bool IsWarning)
    {
        public static Line Of(EngineSignal signal)
        {
            var message = signal.Progress?.Message;
            return new(signal.ProcessId, signal.Kind, signal.Progress?.Percent, message?.Length > MostOfAMessage ? message[..MostOfAMessage] : message, signal.Progress?.IsWarning ?? false);
        }

        public EngineSignal ToSignal() => new(Id, Kind, Kind == SignalKind.Progressed ? new ProgressReport(Percent, Message, IsWarning) : null);
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PostgresMessages.Line))]
internal sealed partial class LineContext : JsonSerializerContext;
