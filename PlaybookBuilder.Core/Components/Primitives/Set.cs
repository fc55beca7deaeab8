using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>Genes, drugs, diseases ... without an order, with an optional description of what they have in common.</summary>
/// <remarks>A document may name a term twice and it is kept so; whatever makes or filters a set here names each term once.</remarks>
public sealed record Set<T>(
    [property: JsonPropertyName("set")] ImmutableArray<string> Terms,
    string? Description = null) : IData, IChecked
    where T : ICollectable
{
    static DataDescription IData.Description { get; } = new($"Set[{T.Name}]", $"{T.Label} Set", $"A set of {Noun.Plural<T>()}")
    {
        Type = T.Label,
        Cardinality = "Set",
        PageRank = T.SetPageRank,
        Example = T.ExampleSet.Count > 0 ? new Set<T>([.. T.ExampleSet], $"Example {Noun.Of<T>()} set") : null,
    };

    public IEnumerable<(string Path, string Problem)> Check() => TermList.Check(Terms, "$.set");
}
