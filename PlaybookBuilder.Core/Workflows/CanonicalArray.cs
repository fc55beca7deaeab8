using System.Text;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>Composes the identity of a record, an array, as canonical JSON.</summary>
internal sealed class CanonicalArray
{
    private readonly StringBuilder _text = new("[");

    public CanonicalArray Add(string? value)
    {
        Separate();
        if (value is null) _text.Append("null");
        else CanonicalJson.WriteString(value, _text, "$");
        return this;
    }

    public CanonicalArray Add(Guid? id) => Add(id?.ToString());

    public CanonicalArray Add(bool value) => AddCanonical(value ? "true" : "false");

    /// <summary>Adds a value that is canonical JSON already.</summary>
    public CanonicalArray AddCanonical(string? json)
    {
        Separate();
        _text.Append(json ?? "null");
        return this;
    }

    public Guid ToId() => ContentId.OfCanonical(ToString());

    public override string ToString() => _text + "]";

    private void Separate()
    {
        if (_text.Length > 1) _text.Append(',');
    }
}
