using System.Globalization;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>One input of a process: <c>matrix</c>, or <c>sets:2</c> for an element of an array argument.</summary>
/// <param name="Argument">The name of the argument.</param>
/// <param name="Position">The place within an array argument; null for an argument that takes one.</param>
/// <param name="ProcessId">The process whose output is the input.</param>
public readonly record struct ProcessInput(string Argument, int? Position, Guid ProcessId)
{
    /// <summary>The key under which documents name this input.</summary>
    public string Key => Position is { } position ? string.Create(CultureInfo.InvariantCulture, $"{Argument}:{position}") : Argument;

    public static ProcessInput Parse(string key, Guid processId)
    {
        var colon = key.LastIndexOf(':');
        if (colon > 0 && int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            var input = new ProcessInput(key[..colon], position, processId);
            // "sets:02" is a name like any other: documents are exported with the keys that they came with.
            if (input.Key == key) return input;
        }

        return new ProcessInput(key, null, processId);
    }

    /// <summary>By name, and within an array argument by number: <c>sets:2</c> stands before <c>sets:10</c>.</summary>
    public static int Compare(ProcessInput left, ProcessInput right)
    {
        var byName = string.CompareOrdinal(left.Argument, right.Argument);
        return byName != 0 ? byName : (left.Position ?? -1).CompareTo(right.Position ?? -1);
    }
}
