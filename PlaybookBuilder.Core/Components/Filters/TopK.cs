using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>How many of the first to keep.</summary>
public sealed record TopK(int K)
{
    public static readonly TopK Default = new(10);

    /// <exception cref="ProcessFailedException">It is less than one.</exception>
    internal int Count => K >= 1 ? K : throw new ProcessFailedException($"At least 1 has to be kept, not {K}: choose a larger number.");
}
