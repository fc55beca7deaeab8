namespace PlaybookBuilder.Core.Catalog;

/// <summary>A kind of thing that researchers reason about (gene, drug ...): the marker type over which the generic data types are made.</summary>
public interface IPrimitive
{
    /// <summary>The name in specs, as in <c>Term[Gene]</c>.</summary>
    static abstract string Name { get; }

    /// <summary>The singular that people read.</summary>
    static abstract string Label { get; }

    /// <summary>The plural that people read.</summary>
    static abstract string Plural { get; }

    /// <summary>A term that works in an example; null where none is known.</summary>
    static virtual string? Example => null;

    /// <summary>A few terms that work as an example set; empty where none is known.</summary>
    static virtual IReadOnlyList<string> ExampleSet => [];

    /// <summary>How far up the components about this primitive stand in the choice of next steps.</summary>
    static virtual int PageRank => 0;
}

/// <summary>A primitive of which sets are made.</summary>
public interface ICollectable : IPrimitive
{
    /// <summary>How far up the components about sets of this primitive stand in the choice of next steps.</summary>
    static virtual int SetPageRank => 0;
}

/// <summary>A primitive that is also ranked and scored.</summary>
public interface IRankable : ICollectable;
