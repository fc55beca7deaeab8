using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Takes the scored terms as a set, whatever their scores (NaN too). A term that is scored twice becomes one member; nothing scored gives an empty set.</summary>
internal sealed class SetFromScored<T> : Resolver<SetFromScored<T>.Inputs, Set<T>>
    where T : IRankable
{
    public sealed record Inputs(Scored<T> Scored);

    public override Description Description { get; } = new($"SetFromScored[Scored[{T.Name}]]", $"Set from Scored {T.Plural}", $"Take the scored {Noun.Plural<T>()} as a set, without their scores");

    protected override Task<Set<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Set<T>(TermList.Once(inputs.Scored.Terms.Select(static term => term.Term))));

    protected override Story Tell(Inputs? inputs, Set<T>? output) => new()
    {
        Abstract = $"The scored {Noun.Plural<T>()} were taken as a set.",
        Methods = $"Every {Noun.Of<T>()} of {Figure.Of(nameof(Inputs.Scored))} was taken once, whatever its score.",
        TableLegend = $"The set of the {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Scored))}.",
    };
}
