using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Picks one term of a ranking.</summary>
internal sealed class OneRanked<T>() : OneOf<T, OneRanked<T>.Inputs>(nameof(Inputs.Ranked))
    where T : IRankable
{
    public sealed record Inputs(Ranked<T> Ranked);

    public override Description Description { get; } = new($"OneRankedT[Ranked[{T.Name}]]", $"Select One {T.Label}", $"Select one {Noun.Of<T>()} of the ranking");

    public override IReadOnlyCollection<string> Choices(Inputs inputs) => inputs.Ranked.Terms;
}
