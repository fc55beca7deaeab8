using System.Globalization;

namespace PlaybookBuilder.Benchmarks.Report;

/// <summary>A number with its unit, written with about three significant digits.</summary>
internal readonly record struct Quantity(double Value, string Unit)
{
    public static Quantity PerSecond(double value) => new(value, "/s");

    public static Quantity Seconds(double value) => new(value, " s");

    public static Quantity Milliseconds(double value) => new(value, " ms");

    public static Quantity Megabytes(double value) => new(value, " MB");

    public static Quantity Kilobytes(double value) => new(value, " KB");

    public override string ToString() => Number(Value) + Unit;

    public static string Number(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 100 => "#,##0",
        >= 10 => "0.#",
        >= 1 => "0.##",
        _ => "0.###",
    }, CultureInfo.InvariantCulture);
}
