namespace PlaybookBuilder.Core.Catalog;

/// <summary>A word under which a component is found: a value within a group, as in Service: Enrichr.</summary>
public readonly record struct Tag(string Group, string Value);

/// <summary>The groups of tags, in the order in which they are shown.</summary>
public static class TagGroups
{
    public const string Service = "Service";
    public const string DataSource = "Data Source";
    public const string InputType = "Input Type";
    public const string InputCardinality = "Input Cardinality";
    public const string OutputType = "Output Type";
    public const string OutputCardinality = "Output Cardinality";
    public const string External = "External";

    public static readonly IReadOnlyList<string> All = [OutputType, OutputCardinality, InputType, InputCardinality, Service, DataSource, External];
}
