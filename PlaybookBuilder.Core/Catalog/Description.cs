namespace PlaybookBuilder.Core.Catalog;

/// <summary>What a process type says of itself.</summary>
/// <param name="Spec">The unique name.</param>
/// <param name="Label">The name that people read.</param>
/// <param name="Text">What it does, in one sentence.</param>
public sealed record Description(string Spec, string Label, string Text)
{
    /// <summary>Tags beyond those that follow from the types of the inputs and the output.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Kept for documents that hold it, but not offered as a next step.</summary>
    public bool Hidden { get; init; }

    public int PageRank { get; init; }

    /// <summary>Whether it asks a service elsewhere.</summary>
    public bool External { get; init; }
}
