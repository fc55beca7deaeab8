using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Picks one member of a set.</summary>
internal sealed class OneSet<T>() : OneOf<T, OneSet<T>.Inputs>(nameof(Inputs.Set))
    where T : ICollectable
{
    public sealed record Inputs(Set<T> Set);

    public override Description Description { get; } = new($"OneSetT[Set[{T.Name}]]", $"Select One {T.Label}", $"Select one {Noun.Of<T>()} of the set");

    public override IReadOnlyCollection<string> Choices(Inputs inputs) => inputs.Set.Terms;
}
