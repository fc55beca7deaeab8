using System.Text;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Names as people type and paste them: one a line, or by tabs or commas; in double quotes where a name holds one of these.</summary>
internal static class ItemList
{
    /// <summary>The names in order, with their repetitions; blank ones are left out.</summary>
    public static IReadOnlyList<string> Parse(string text)
    {
        var items = new List<string>();
        var item = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '"' && (isQuoted ? EndsItem(text, i + 1) : IsBlank(item) && ClosesOnLine(text, i + 1))) isQuoted = !isQuoted;
            else if (!isQuoted && Separates(text, i)) Take(items, item);
            else item.Append(character);
        }

        Take(items, item);
        return items;
    }

    /// <summary>One name a line, such that <see cref="Parse"/> reads the same names.</summary>
    public static string Format(IEnumerable<string> items) =>
        string.Join('\n', items.Select(item => Parse(item) is [var only] && only == item ? item : $"\"{item}\""));

    private static bool Separates(string text, int at) => text[at] switch
    {
        '\n' or '\r' or '\t' => true,
        // Chemical names hold commas before digits: 1,2-dichloroethane.
        ',' => at + 1 == text.Length || !char.IsAsciiDigit(text[at + 1]),
        _ => false,
    };

    private static bool EndsItem(string text, int from)
    {
        while (from < text.Length && text[from] == ' ') from++;
        return from == text.Length || Separates(text, from);
    }

    private static bool ClosesOnLine(string text, int from)
    {
        var end = text.AsSpan(from).IndexOfAny('\n', '\r');
        var line = end < 0 ? text.AsSpan(from) : text.AsSpan(from, end);
        return line.Contains('"');
    }

    private static bool IsBlank(StringBuilder item) => item.ToString().AsSpan().IsWhiteSpace();

    private static void Take(List<string> items, StringBuilder item)
    {
        if (item.ToString().Trim() is { Length: > 0 } name) items.Add(name);
        item.Clear();
    }
}
