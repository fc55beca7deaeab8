using System.Collections.Immutable;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>Genes, drugs, diseases ... each with a z-score, in the order in which the source gave them; in JSON a bare list.</summary>
/// <remarks>A term may stand there more than once: a search of signatures gives a drug once for every dose.</remarks>
public sealed record Scored<T>(ImmutableArray<ScoredTerm> Terms) : IData, IChecked, IBareData<Scored<T>, ImmutableArray<ScoredTerm>>
    where T : IRankable
{
    public static DataDescription Description { get; } = new($"Scored[{T.Name}]", $"Scored {T.Plural}", $"A list of {Noun.Plural<T>()}, each with a z-score")
    {
        Type = T.Label,
        Cardinality = "Scored",
        Example = T.ExampleSet.Count > 0 ? new Scored<T>([.. T.ExampleSet.Select((term, place) => new ScoredTerm(term, 3 - (0.75 * place)))]) : null,
    };

    ImmutableArray<ScoredTerm> IBareData<Scored<T>, ImmutableArray<ScoredTerm>>.Bare => Terms;

    static Scored<T> IBareData<Scored<T>, ImmutableArray<ScoredTerm>>.Of(ImmutableArray<ScoredTerm> bare) => new(bare);

    /// <summary>From the highest score to the lowest; NaN last, equal scores as they stand.</summary>
    public IEnumerable<ScoredTerm> FromHighest() => Terms.OrderByDescending(static term => term.ZScore.Value);

    public IEnumerable<(string Path, string Problem)> Check()
    {
        for (var i = 0; i < Terms.Length; i++)
        {
            if (Terms[i] is null) yield return ($"$[{i}]", "expected a term and its z-score, found null");
        }
    }
}
