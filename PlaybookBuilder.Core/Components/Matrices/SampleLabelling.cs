using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>Lets the user say which samples are control and which perturbation, and edit what else is known of them.</summary>
/// <remarks>
/// Only what the answer names changes. Samples left unlabelled are in neither group, which is noted. A label that is neither Control nor Perturbation, or of a sample that is not there, is refused, and so is an answer that
/// labels none.
/// </remarks>
internal abstract class SampleLabelling<TMatrix>(IPlaybookFiles files, string spec) : Prompt<SampleLabels, SampleLabelling<TMatrix>.Inputs, AnnDataMatrix>
    where TMatrix : MatrixFile, IData
{
    public sealed record Inputs(TMatrix Matrix);

    public sealed override Description Description { get; } = new(spec, "Manual Labeling of Samples", "Say of each sample whether it is control or perturbation");

    protected sealed override async Task<AnnDataMatrix> ResolveAsync(SampleLabels answer, Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var data = await files.ReadAsync(inputs.Matrix, progress, cancellationToken).ConfigureAwait(false);
        var samples = Edited(data.Samples, answer);
        if (samples.Find(SampleGroups.LabelColumn) is not { } labels || labels.Values.All(string.IsNullOrEmpty))
            throw new ProcessFailedException("No sample is labelled: mark at least one as control or as perturbation and submit again.");

        return await files.CreateAsync<AnnDataMatrix>(new AnnData(data.Matrix, samples, data.Genes), inputs.Matrix, "labelled", [.. Notes(labels, samples.Index)], progress, cancellationToken).ConfigureAwait(false);
    }

    protected sealed override Story Tell(SampleLabels? answer, Inputs? inputs, AnnDataMatrix? output) => new()
    {
        Abstract = "The samples were labelled by hand as control or perturbation.",
        Methods = $"The samples of {Figure.Of(nameof(Inputs.Matrix))} were labelled by hand: {LabelsInText(answer)}.",
        TableLegend = $"The matrix of {Figure.Of(nameof(Inputs.Matrix))} with labelled samples: rows are genes, columns are samples.{output?.NotesInText()}",
    };

    private static Annotations Edited(Annotations samples, SampleLabels answer)
    {
        var known = samples.Index.ToHashSet(StringComparer.Ordinal);
        foreach (var (column, texts) in answer.Columns)
        {
            string[] unknown = [.. texts.Keys.Where(sample => !known.Contains(sample))];
            if (unknown.Length > 0) throw new ProcessFailedException($"The matrix has no sample called {TermList.Enumerate(unknown)}: label the samples again.");

            var before = samples.Find(column)?.Values;
            samples = samples.With(column, [.. samples.Index.Select((sample, i) => texts.TryGetValue(sample, out var text) ? TextIn(column, text, sample) : before?[i] ?? "")]);
        }
        return samples;
    }

    private static string TextIn(string column, string text, string sample)
    {
        if (column != SampleGroups.LabelColumn || string.IsNullOrWhiteSpace(text)) return text.Trim();
        return SampleGroups.LabelOf(text) ?? throw new ProcessFailedException($"The sample {sample} is labelled '{text}'; it may be {SampleGroups.ControlLabel} or {SampleGroups.PerturbationLabel}, or stay unlabelled.");
    }

    private static IEnumerable<string> Notes(AnnotationColumn labels, IReadOnlyList<string> samples)
    {
        string[] unlabelled = [.. samples.Where((_, i) => SampleGroups.LabelOf(labels.Values[i]) is null)];
        if (unlabelled.Length > 0) yield return FormattableString.Invariant($"Samples in neither group: {unlabelled.Length:N0} of {samples.Count:N0} ({TermList.Enumerate(unlabelled)}).");
        foreach (var wanted in (string[])[SampleGroups.ControlLabel, SampleGroups.PerturbationLabel])
        {
            if (labels.Values.All(label => SampleGroups.LabelOf(label) != wanted)) yield return $"No sample is labelled {wanted}.";
        }
    }

    private static string LabelsInText(SampleLabels? answer)
    {
        if (answer?.Columns.GetValueOrDefault(SampleGroups.LabelColumn) is not { Count: > 0 } labels) return "as control, as perturbation, or as neither";

        string[] Members(string label) => [.. labels.Where(entry => SampleGroups.LabelOf(entry.Value) == label).Select(entry => entry.Key)];
        (string Label, string[] Members)[] groups = [(SampleGroups.ControlLabel, Members(SampleGroups.ControlLabel)), (SampleGroups.PerturbationLabel, Members(SampleGroups.PerturbationLabel))];
        return string.Join("; ", groups.Where(labelled => labelled.Members.Length > 0).Select(labelled => $"{labelled.Label} {TermList.Enumerate(labelled.Members)}"));
    }
}

/// <inheritdoc cref="SampleLabelling{TMatrix}"/>
internal sealed class GeneCountMatrixLabelling(IPlaybookFiles files) : SampleLabelling<GeneCountMatrix>(files, "LabelGeneCountMatrix");

/// <inheritdoc cref="SampleLabelling{TMatrix}"/>
internal sealed class AnnDataLabelling(IPlaybookFiles files) : SampleLabelling<AnnDataMatrix>(files, "LabelAnnDataMetadata");
