using PlaybookBuilder.Core.Components.Matrices;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Which samples are control and which perturbation. Samples may stay undecided.</summary>
internal sealed class SampleAssignment(SampleSheet sheet)
{
    /// <summary>The annotation that steps downstream look for.</summary>
    public const string Annotation = SampleGroups.LabelColumn;
    public const string Control = SampleGroups.ControlLabel;
    public const string Perturbation = SampleGroups.PerturbationLabel;
    public const string Undecided = "";

    public static readonly IReadOnlyList<string> All = [Control, Undecided, Perturbation];

    private readonly Dictionary<string, string> _groups = Annotated(sheet);

    public IReadOnlyDictionary<string, string> Decided => _groups;

    public string this[string sample]
    {
        get => _groups.GetValueOrDefault(sample, Undecided);
        set
        {
            if (value is Control or Perturbation) _groups[sample] = value;
            else _groups.Remove(sample);
        }
    }

    public int CountOf(string group) => group == Undecided ? sheet.Samples.Count - _groups.Count : _groups.Values.Count(value => value == group);

    /// <summary>What keeps the groups from being compared; null when nothing does.</summary>
    public string? Problem =>
        CountOf(Control) == 0 ? "Mark at least one sample as control."
        : CountOf(Perturbation) == 0 ? "Mark at least one sample as perturbation."
        : null;

    /// <summary>Puts all samples with a value into a group.</summary>
    public void AssignBy(SampleAnnotation annotation, string value, string group)
    {
        foreach (var (index, sample) in sheet.Samples.Index())
        {
            if (annotation.Values[index] == value) this[sample] = group;
        }
    }

    private static Dictionary<string, string> Annotated(SampleSheet sheet) =>
        sheet.Annotations.FirstOrDefault(annotation => annotation.Name == Annotation) is { } groups
            ? sheet.Samples.Zip(groups.Values).Where(pair => pair.Second is Control or Perturbation).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
}
