using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>One gene, drug, disease ...; in JSON its bare name.</summary>
[JsonShape("""{"type":"string","minLength":1}""")]
public sealed record Term<T>(string Value) : IData, IChecked, IBareData<Term<T>, string>
    where T : IPrimitive
{
    public static DataDescription Description { get; } = new($"Term[{T.Name}]", T.Label, $"One {Noun.Of<T>()}")
    {
        Type = T.Label,
        Cardinality = "Term",
        PageRank = T.PageRank,
        Example = T.Example is { } example ? new Term<T>(example) : null,
    };

    string IBareData<Term<T>, string>.Bare => Value;

    static Term<T> IBareData<Term<T>, string>.Of(string bare) => new(bare);

    public IEnumerable<(string Path, string Problem)> Check()
    {
        if (string.IsNullOrWhiteSpace(Value)) yield return ("$", "the text is empty");
    }

    public override string ToString() => Value;
}
