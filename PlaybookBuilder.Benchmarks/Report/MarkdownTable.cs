using System.Globalization;
using System.Text;

namespace PlaybookBuilder.Benchmarks.Report;

/// <summary>The table of all bars, with a line on each yardstick under it.</summary>
internal static class MarkdownTable
{
    private static readonly string[] Columns = ["what", "bar", "measured", "yardstick of this run", "ratio", "reference system (recorded)", "met?"];

    public static string Write(IReadOnlyList<Measurement> measurements, DateTimeOffset at)
    {
        var text = new StringBuilder();
        AppendRow(text, Columns);
        AppendRow(text, Columns.Select(_ => "---"));
        foreach (var measurement in measurements) AppendRow(text, Cells(measurement));
        text.Append('\n').Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm} UTC, {Machine.Describe()}. Load generator, browser and server share the cores. Medians of repeats, each repeat beside its yardstick.\n\n");
        foreach (var measurement in measurements) AppendExplanation(text, measurement);
        return text.Append('\n').Append(Summary(measurements)).Append('\n').ToString();
    }

    private static IEnumerable<string> Cells(Measurement measurement) =>
    [
        measurement.What,
        string.Join("; ", measurement.Claims.Select(claim => claim.Bar)),
        measurement.Claims.Count == 0 ? "-" : string.Join("; ", measurement.Claims.Select(claim => claim.Measured)),
        measurement.Yardstick?.Figure.ToString() ?? "-",
        measurement.Yardstick is { } yardstick ? Quantity.Number(yardstick.Ratio) : "-",
        measurement.Reference,
        measurement switch { { IsMeasured: false } => "unmeasured", { IsMet: true } => "yes", _ => "**no**" },
    ];

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");

    private static void AppendExplanation(StringBuilder text, Measurement measurement)
    {
        text.Append("- ").Append(measurement.What).Append(": ");
        text.AppendJoin(' ', new[] { measurement.Note, measurement.Yardstick is { } yardstick ? $"Yardstick: {yardstick.Explanation}" : null }.Where(part => part is not null));
        text.Append('\n');
    }

    private static string Summary(IReadOnlyList<Measurement> measurements)
    {
        var unmeasured = measurements.Count(measurement => !measurement.IsMeasured);
        var missed = measurements.Count(measurement => measurement is { IsMeasured: true, IsMet: false });
        return $"{measurements.Count - missed - unmeasured} of {measurements.Count} bars met, {missed} missed, {unmeasured} unmeasured.";
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
