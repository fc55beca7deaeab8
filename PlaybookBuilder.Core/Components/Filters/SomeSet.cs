using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Keeps a set without the members that the user takes out.</summary>
/// <remarks>Only members of the set can be taken out. A repeated member is kept once; when all are out the result is an empty set.</remarks>
internal sealed class SomeSet<T> : Prompt<RemovedTerms, SomeSet<T>.Inputs, Set<T>>
    where T : ICollectable
{
    public sealed record Inputs(Set<T> Set);

    public override Description Description { get; } = new($"SomeSetT[Set[{T.Name}]]", $"Select Some {T.Plural}", $"Keep the set without the {Noun.Plural<T>()} that are taken out");

    protected override Task<Set<T>> ResolveAsync(RemovedTerms answer, Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var members = TermList.Once(inputs.Set.Terms);
        var strangers = answer.Terms.Keys.Except(members, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (strangers.Length > 0) throw new ProcessFailedException($"The set does not hold {TermList.Enumerate(strangers)}: select again which {Noun.Plural<T>()} to keep.");

        var description = string.IsNullOrWhiteSpace(inputs.Set.Description) ? null : $"Filtered {inputs.Set.Description}";
        return Task.FromResult(new Set<T>([.. members.Where(term => !answer.Terms.GetValueOrDefault(term))], description));
    }

    protected override Story Tell(RemovedTerms? answer, Inputs? inputs, Set<T>? output)
    {
        var removed = answer?.Terms.Count(static term => term.Value) ?? 0;
        return new()
        {
            Abstract = removed == 0
                ? $"Some of the {Noun.Plural<T>()} were selected."
                : $"The {Noun.Plural<T>()} were selected, all but {removed}.",
            Methods = $"The {Noun.Plural<T>()} to keep were selected by hand from {Figure.Of(nameof(Inputs.Set))}.",
            TableLegend = $"The {Noun.Plural<T>()} selected from {Figure.Of(nameof(Inputs.Set))}.",
        };
    }
}
