using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>Genes, drugs, diseases ... without an order, with an optional description of what they have in common.</summary>
public sealed record Set<T>(
    [property: JsonPropertyName("set"), JsonConverter(typeof(TermsConverter))] ImmutableArray<string> Terms,
    string? Description = null) : IData
    where T : ICollectable
{
    static DataDescription IData.Description { get; } = new($"Set[{T.Name}]", $"{T.Label} Set", $"A set of {T.Plural.ToLowerInvariant()}")
    {
        Type = T.Label,
        Cardinality = "Set",
        PageRank = Math.Max(0, T.PageRank - 1),
        Example = T.ExampleSet.Count > 0 ? new Set<T>([.. T.ExampleSet], $"Example {T.Label.ToLowerInvariant()} set") : null,
    };
}
