namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>Which of tab, comma and semicolon separates the cells of a table.</summary>
internal static class Delimiters
{
    private const byte Quote = (byte)'"';

    private static ReadOnlySpan<byte> Candidates => "\t,;"u8;

    /// <summary>
    /// The delimiter that divides the first two lines into the same number of cells (or the second into one more, as R writes
    /// tables with row names), and of several such the one that makes the most cells; failing that, the one that is most frequent in the first line. Tab when there is none.
    /// </summary>
    public static byte Detect(ReadOnlySpan<byte> beginning)
    {
        beginning = beginning.TrimStart("\r\n"u8);
        var best = Candidates[0];
        var bestScore = (Agrees: false, Count: 0);
        foreach (var candidate in Candidates)
        {
            var first = CountInLine(beginning, candidate, out var rest);
            var second = CountInLine(beginning[rest..], candidate, out _);
            var score = (Agrees: second > 0 && second - first is 0 or 1, Count: first);
            if (score.CompareTo(bestScore) <= 0) continue;
            best = candidate;
            bestScore = score;
        }
        return best;
    }

    private static int CountInLine(ReadOnlySpan<byte> text, byte delimiter, out int lineLength)
    {
        var count = 0;
        var quoted = false;
        for (lineLength = 0; lineLength < text.Length; lineLength++)
        {
            var current = text[lineLength];
            if (current == Quote) quoted = !quoted;
            if (quoted) continue;
            if (current == delimiter) count++;
            if (current == '\n') break;
        }
        lineLength = Math.Min(lineLength + 1, text.Length);
        return count;
    }
}
