namespace PlaybookBuilder.Core.Playbooks;

public enum PublishedOrder
{
    /// <summary>Curated ones first, then those that most people opened.</summary>
    Clicks,

    /// <summary>Last changed first.</summary>
    Date,
}

/// <summary>By what published playbooks are narrowed.</summary>
public enum PlaybookFacet
{
    Tag,
    Input,
    Output,
    Source,
}

/// <summary>Which published playbooks are looked for: those that fit all of it.</summary>
public sealed record PublishedQuery
{
    /// <summary>Each is the beginning of a word of the playbook.</summary>
    public string Words { get; init; } = "";

    /// <summary>Curated ones or the community's; null for both.</summary>
    public bool? IsCurated { get; init; }

    public IReadOnlyCollection<FacetChoice> Choices { get; init; } = [];

    public PublishedOrder Order { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>A value that is asked for: a tag, the spec of a data type, or a source.</summary>
public readonly record struct FacetChoice(PlaybookFacet Facet, string Value);

/// <param name="Count">How many of those that were found have it.</param>
public sealed record FacetCount(FacetChoice Choice, int Count);

/// <param name="Total">How many were found, whatever part of them this is.</param>
/// <param name="Facets">By what they can be narrowed further, most first.</param>
public sealed record PublishedPage(IReadOnlyList<SavedPlaybook> Playbooks, int Total, IReadOnlyList<FacetCount> Facets);
