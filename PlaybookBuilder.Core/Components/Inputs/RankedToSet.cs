using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Inputs;

/// <summary>Forgets the order of a ranking. A name that is ranked twice becomes one member; an empty ranking becomes an empty set.</summary>
internal sealed class RankedToSet<T> : Resolver<RankedToSet<T>.Inputs, Set<T>>
    where T : IRankable
{
    public sealed record Inputs(Ranked<T> Ranked);

    public override Description Description { get; } = new($"RankedToSet[Ranked[{T.Name}]]", $"Create Set from Ranked {T.Plural}", $"Take the ranked {Noun.Plural<T>()} as a set, without their order");

    protected override Task<Set<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Set<T>(TermList.Once(inputs.Ranked.Terms), inputs.Ranked.Description));

    protected override Story Tell(Inputs? inputs, Set<T>? output) => new()
    {
        Abstract = $"The ranked {Noun.Plural<T>()} were taken as a set.",
        Methods = $"The order of {Figure.Of(nameof(Inputs.Ranked))} was dropped and each {Noun.Of<T>()} kept once.",
        TableLegend = $"The set of the {Noun.Plural<T>()} ranked in {Figure.Of(nameof(Inputs.Ranked))}.",
    };
}
