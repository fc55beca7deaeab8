using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>Genes, drugs, diseases ... from the most significant to the least, without scores.</summary>
public sealed record Ranked<T>(
    [property: JsonPropertyName("ranked")] ImmutableArray<string> Terms,
    string? Description = null) : IData, IChecked
    where T : IRankable
{
    static DataDescription IData.Description { get; } = new($"Ranked[{T.Name}]", $"Ranked {T.Plural}", $"A list of {Noun.Plural<T>()} from the most significant to the least")
    {
        Type = T.Label,
        Cardinality = "Ranked",
        Example = T.ExampleSet.Count > 0 ? new Ranked<T>([.. T.ExampleSet], $"Example ranking of {Noun.Plural<T>()}") : null,
    };

    public IEnumerable<(string Path, string Problem)> Check() => TermList.Check(Terms, "$.ranked");
}
