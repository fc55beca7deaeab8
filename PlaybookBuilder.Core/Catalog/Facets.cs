namespace PlaybookBuilder.Core.Catalog;

/// <summary>One value of a facet: how many of all components have it, and how many of those that the other choices leave.</summary>
public sealed record FacetValue(Tag Tag, int Matching, int Total, bool IsChosen);

/// <summary>A group of tags by which a list of components is narrowed.</summary>
public sealed record Facet(string Group, IReadOnlyList<FacetValue> Values);

/// <summary>Narrows a list of components by tags: within a group any of the chosen values, between groups all.</summary>
public static class Facets
{
    /// <summary>The groups in which there is something to choose, for a list before it is narrowed.</summary>
    public static IReadOnlyList<Facet> Of(IReadOnlyCollection<ProcessType> types, IReadOnlySet<Tag> chosen) =>
        [.. TagGroups.All
            .Select(group => new Facet(group, ValuesOf(group, types, chosen)))
            .Where(facet => facet.Values.Count > 1)];

    public static bool Matches(ProcessType type, IReadOnlySet<Tag> chosen) =>
        chosen.GroupBy(tag => tag.Group).All(group => group.Any(tag => type.Tags.Contains(tag)));

    private static IReadOnlyList<FacetValue> ValuesOf(string group, IReadOnlyCollection<ProcessType> types, IReadOnlySet<Tag> chosen)
    {
        // What a value would add to the present choice is counted without the other values of its own group.
        var elsewhere = chosen.Where(tag => tag.Group != group).ToHashSet();
        return [.. types
            .SelectMany(type => type.Tags.Where(tag => tag.Group == group).Select(tag => (Tag: tag, Type: type)))
            .GroupBy(pair => pair.Tag, pair => pair.Type)
            .OrderBy(values => values.Key.Value, StringComparer.OrdinalIgnoreCase)
            .Select(values => new FacetValue(values.Key, values.Count(type => Matches(type, elsewhere)), values.Count(), chosen.Contains(values.Key)))];
    }
}
