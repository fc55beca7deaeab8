using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Picks one of the scored terms, whatever its score.</summary>
internal sealed class OneScored<T>() : OneOf<T, OneScored<T>.Inputs>(nameof(Inputs.Scored))
    where T : IRankable
{
    public sealed record Inputs(Scored<T> Scored);

    public override Description Description { get; } = new($"OneScoredT[Scored[{T.Name}]]", $"Select One {T.Label}", $"Select one of the scored {Noun.Plural<T>()}");

    public override IReadOnlyCollection<string> Choices(Inputs inputs) => [.. inputs.Scored.Terms.Select(term => term.Term)];
}
