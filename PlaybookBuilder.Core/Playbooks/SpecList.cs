namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Lists of specs in one text, separated by commas; those within brackets belong to a spec.</summary>
internal static class SpecList
{
    public static string Join(IEnumerable<string> specs) => string.Join(',', specs);

    public static IReadOnlyList<string> Split(string text)
    {
        var specs = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0) continue;

            specs.Add(text[start..i].Trim());
            start = i + 1;
        }

        specs.Add(text[start..].Trim());
        return [.. specs.Where(spec => spec.Length > 0)];
    }
}
