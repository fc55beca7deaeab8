using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Which samples are control and which perturbation.</summary>
/// <remarks>
/// The column <see cref="LabelColumn"/> says so where there is one; else the last column of exactly two values does, of which the one that comes first is control. Samples with an empty cell are in
/// neither group.
/// </remarks>
/// <param name="Column">The column that was taken.</param>
/// <param name="Control">What it calls the control.</param>
/// <param name="Perturbation">What it calls the perturbation.</param>
/// <param name="Groups">For each sample <paramref name="Control"/>, <paramref name="Perturbation"/> or null.</param>
internal sealed record SampleGroups(string Column, string Control, string Perturbation, IReadOnlyList<string?> Groups)
{
    public const string LabelColumn = "Type: Control or Perturbation";
    public const string ControlLabel = "Control";
    public const string PerturbationLabel = "Perturbation";

    /// <exception cref="ProcessFailedException">No column tells two groups.</exception>
    public static SampleGroups Of(Annotations samples)
    {
        if (samples.Find(LabelColumn) is { } labels && labels.Values.Any(label => LabelOf(label) is not null))
            return new SampleGroups(LabelColumn, ControlLabel, PerturbationLabel, [.. labels.Values.Select(LabelOf)]);

        foreach (var column in samples.Columns.Reverse().Where(column => column.Name != LabelColumn))
        {
            string[] values = [.. column.Values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Take(3)];
            if (values.Length == 2) return new SampleGroups(column.Name, values[0], values[1], [.. column.Values.Select(value => value.Length > 0 ? value : null)]);
        }

        throw new ProcessFailedException(samples.Columns.Count == 0
            ? "Nothing is known of the samples. Add metadata, or label the samples as control or perturbation, and go on from there."
            : $"No annotation of the samples has exactly two values, so there are no two groups (annotations: {string.Join(", ", samples.Columns.Select(column => column.Name))}). Label the samples as control or perturbation, and go on from there.");
    }

    /// <summary>The label as it is written here, however the capitals stand; null where it is neither.</summary>
    public static string? LabelOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "CONTROL" => ControlLabel,
        "PERTURBATION" => PerturbationLabel,
        _ => null,
    };
}
