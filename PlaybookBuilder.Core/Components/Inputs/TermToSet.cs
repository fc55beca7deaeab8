using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Inputs;

/// <summary>Joins single terms to a set, in the order of the inputs. A term that comes in twice becomes one member.</summary>
internal sealed class TermToSet<T> : Resolver<TermToSet<T>.Inputs, Set<T>>
    where T : ICollectable
{
    public sealed record Inputs(IReadOnlyList<Term<T>> Terms);

    public override Description Description { get; } = new($"TermToSet[Term[{T.Name}]]", $"Create Set from {T.Plural}", $"Join several {Noun.Plural<T>()} to one set");

    protected override Task<Set<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Set<T>(TermList.Once(inputs.Terms.Select(term => term.Value))));

    protected override Story Tell(Inputs? inputs, Set<T>? output) => new()
    {
        Abstract = output is null
            ? $"Several {Noun.Plural<T>()} were joined to a set."
            : $"A set of {Noun.Count<T>(output.Terms.Length)} was made of {TermList.Enumerate(output.Terms)}.",
        Methods = $"The set was made of {Figure.Of(nameof(Inputs.Terms))}, each {Noun.Of<T>()} once.",
        TableLegend = $"The set of the {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Terms))}.",
    };
}
