using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>Numbers as they stand in tables that Python, R and spreadsheets write.</summary>
internal static class Numbers
{
    private const int DigitsThatFit = 18;

    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "NA", "N/A", "#N/A", "NaN", "null", "None" };

    private static readonly Dictionary<string, double> Infinite = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Inf"] = double.PositiveInfinity,
        ["+Inf"] = double.PositiveInfinity,
        ["-Inf"] = double.NegativeInfinity,
    };

    /// <summary>Reads a number; what stands for a missing value (nothing, NA, N/A, #N/A, NaN, null, None) is NaN.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        TryParseDigits(text, out value)
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        || TryParseWord(text, out value);

    // Nearly all cells of a count matrix are short runs of digits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryParseDigits(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > DigitsThatFit) return false;
        long number = 0;
        foreach (var character in text)
        {
            var digit = (uint)(character - '0');
            if (digit > 9) return false;
            number = number * 10 + digit;
        }
        value = number;
        return true;
    }

    private static bool TryParseWord(ReadOnlySpan<byte> text, out double value)
    {
        var word = Encoding.Latin1.GetString(text).Trim();
        value = double.NaN;
        return Missing.Contains(word) || Infinite.TryGetValue(word, out value);
    }
}
