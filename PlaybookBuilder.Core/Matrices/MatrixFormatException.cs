namespace PlaybookBuilder.Core.Matrices;

/// <summary>
/// A file is not the table that it should be. The message says where and why in words for the person who brought the file. Asking
/// again gives the same answer: never retry.
/// </summary>
public sealed class MatrixFormatException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    private const int LongestQuote = 40;

    /// <summary>The row as a spreadsheet numbers it (the header is row 1), where the fault is in one row.</summary>
    public long? Row { get; init; }

    /// <summary>The label of the column, where the fault is in one cell.</summary>
    public string? Column { get; init; }

    internal static MatrixFormatException NotANumber(long row, string label, string column, string text) =>
        new($"Row {row} ('{Shortened(label)}'), column '{Shortened(column)}': '{Shortened(text)}' is not a number{Hint(text)}.") { Row = row, Column = column };

    internal static string Shortened(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";

    private static string Hint(string text) => text.Contains(',') ? " (decimals are written with a point, thousands without a mark)" : "";
}
