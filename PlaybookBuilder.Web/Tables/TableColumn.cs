using System.Globalization;

namespace PlaybookBuilder.Web.Tables;

/// <summary>A column of a table, read by the number of the row.</summary>
/// <param name="name">The heading.</param>
/// <param name="text">The cell in full, as downloads carry it.</param>
/// <param name="number">The cell as a number, for columns of numbers; they are aligned right, sorted by size and shown shortened.</param>
public sealed class TableColumn(string name, Func<int, string> text, Func<int, double>? number = null)
{
    private const double SmallestPlain = 1e-3;
    private const double LargestPlain = 1e7;

    public string Name { get; } = name;

    public bool IsNumber => number is not null;

    public string Text(int row) => text(row);

    public double Number(int row) => number is null ? double.NaN : number(row);

    /// <summary>What stands in the cell on the screen.</summary>
    public string Display(int row) => number is null ? text(row) : Shorten(number(row));

    public static TableColumn OfNumbers(string name, Func<int, double> number) => new(name, row => InFull(number(row)), number);

    /// <summary>A number with every digit it has; infinities and NaN as documents write them.</summary>
    public static string InFull(double value) =>
        double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number to read: four significant digits, whole numbers whole.</summary>
    public static string Shorten(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        var size = Math.Abs(value);
        if (size >= LargestPlain || size is > 0 and < SmallestPlain) return WithMinus(value.ToString("0.###e+0", CultureInfo.InvariantCulture));
        if (value == Math.Floor(value)) return WithMinus(value.ToString("#,0", CultureInfo.InvariantCulture));

        var decimals = Math.Max(0, 3 - (int)Math.Floor(Math.Log10(size)));
        return WithMinus(Math.Round(value, decimals).ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture));
    }

    private static string WithMinus(string text) => text.StartsWith('-') ? "−" + text[1..] : text;
}
