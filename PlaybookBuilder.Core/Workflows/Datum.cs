using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>A typed value: what a prompt was answered with, or what a process gave.</summary>
/// <remarks>For a prompt's answer the type is only a label (the prompt's spec or its output's); the prompt's own codec reads the value.</remarks>
public sealed class Datum
{
    private Datum(Guid id, string type, string value)
    {
        Id = id;
        Type = type;
        Value = value;
    }

    public Guid Id { get; }

    public string Type { get; }

    /// <summary>The value as canonical JSON.</summary>
    public string Value { get; }

    /// <exception cref="WorkflowException">The value has no canonical form.</exception>
    public static Datum Of(string type, JsonElement value) => OfCanonical(type, CanonicalJson.Serialize(value));

    /// <exception cref="WorkflowException">The text is not JSON, or has no canonical form.</exception>
    public static Datum OfJson(string type, string json) => OfCanonical(type, CanonicalJson.Canonicalize(json));

    /// <summary>Makes a value that was read from where its id and canonical form were kept.</summary>
    internal static Datum Stored(Guid id, string type, string canonicalValue) => new(id, type, canonicalValue);

    private static Datum OfCanonical(string type, string value) =>
        new(new CanonicalArray().Add(type).AddCanonical(value).ToId(), type, value);
}
