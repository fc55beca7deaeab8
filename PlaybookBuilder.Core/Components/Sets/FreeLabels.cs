namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Gives each set a label of its own: the one asked for, or that with the first number that is free.</summary>
internal sealed class FreeLabels
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // Where to go on counting, so that a label that comes 100,000 times takes no 100,000 attempts each time.
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    public string Take(string label)
    {
        var free = label;
        for (var number = _last.GetValueOrDefault(label, 1); !_taken.Add(free); _last[label] = number)
        {
            number++;
            free = FormattableString.Invariant($"{label} ({number})");
        }

        return free;
    }
}
