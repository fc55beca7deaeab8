using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Inputs;

/// <summary>Starts a playbook with a set of genes, drugs, diseases ...</summary>
/// <remarks>Names are trimmed; blank ones are left out and repeated ones kept once. A set of none is refused.</remarks>
internal sealed class SetInput<T> : Prompt<Set<T>, NoInputs, Set<T>>
    where T : ICollectable
{
    public override Description Description { get; } = new($"Input[Set[{T.Name}]]", $"{T.Label} Set Input", $"Start with a set of {Noun.Plural<T>()}") { PageRank = T.SetPageRank };

    protected override string? ProblemOf(Set<T> answer) => answer.Terms.All(string.IsNullOrWhiteSpace) ? $"The set is empty: give at least one {Noun.Of<T>()}." : null;

    protected override Task<Set<T>> ResolveAsync(Set<T> answer, NoInputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var terms = TermList.Once(answer.Terms.Select(term => term.Trim()).Where(term => term.Length > 0));
        return Task.FromResult(new Set<T>(terms, string.IsNullOrWhiteSpace(answer.Description) ? null : answer.Description.Trim()));
    }

    protected override Story Tell(Set<T>? answer, NoInputs? inputs, Set<T>? output) => new()
    {
        Abstract = output?.Description is { } description
            ? $"The workflow starts with a {Noun.Of<T>()} set: {description}."
            : $"The workflow starts with a {Noun.Of<T>()} set.",
        Methods = $"Each {Noun.Of<T>()} was taken once under the name given, without the blanks around it.",
        TableLegend = output is null ? $"The {Noun.Of<T>()} set given." : $"The {Noun.Of<T>()} set given, of {Noun.Count<T>(output.Terms.Length)}.",
    };
}
