using System.Globalization;
using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>
/// A sentence or more of a story, written as an interpolated string whose holes may hold a <see cref="Citation"/> or a <see cref="Figure"/>.
/// </summary>
[InterpolatedStringHandler]
public sealed class StoryText
{
    private readonly List<object> _parts = [];

    public StoryText(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _parts.Capacity = (2 * formattedCount) + 1;
    }

    private StoryText(string text) => _parts.Add(text);

    /// <summary>Strings, citations and figures, in order.</summary>
    internal IReadOnlyList<object> Parts => _parts;

    public void AppendLiteral(string value) => _parts.Add(value);

    public void AppendFormatted(Citation citation) => _parts.Add(citation);

    public void AppendFormatted(Figure figure) => _parts.Add(figure);

    public void AppendFormatted(StoryText text) => _parts.AddRange(text._parts);

    public void AppendFormatted(string? value) => _parts.Add(value ?? "");

    public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable =>
        _parts.Add(value.ToString(format, CultureInfo.InvariantCulture));

    public static implicit operator StoryText(string text) => new(text);
}
