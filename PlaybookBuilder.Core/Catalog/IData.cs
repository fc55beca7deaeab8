namespace PlaybookBuilder.Core.Catalog;

/// <summary>A data type: a record whose JSON shape is its codec, described for people and for the choice of next steps.</summary>
public interface IData
{
    static abstract DataDescription Description { get; }
}

/// <summary>What a data type says of itself.</summary>
/// <param name="Spec">The unique name, as in <c>Set[Gene]</c>.</param>
/// <param name="Label">The name that people read.</param>
/// <param name="Text">What it is, in one sentence.</param>
public sealed record DataDescription(string Spec, string Label, string Text)
{
    /// <summary>What it is about: a primitive's label, or File, Plot, Library ...; a facet and the hue of a card.</summary>
    public string? Type { get; init; }

    /// <summary>Term, Set, Ranked, Scored, Matrix, Signature ...: the other facet.</summary>
    public string? Cardinality { get; init; }

    public int PageRank { get; init; }

    /// <summary>A value that works, for examples and documentation; null where there is none.</summary>
    public object? Example { get; init; }
}

/// <summary>A check beyond the JSON shape, made where a value enters.</summary>
public interface IChecked
{
    /// <summary>What does not fit, each with the path in the value (<c>$.set[3]</c>); empty when all is well.</summary>
    IEnumerable<(string Path, string Problem)> Check();
}
