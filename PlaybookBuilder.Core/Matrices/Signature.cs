namespace PlaybookBuilder.Core.Matrices;

/// <summary>
/// A differential expression signature: one row a gene, at least one of the statistics. A statistic that the file does not have
/// is null; a value that is missing is NaN. All present columns are as long as <see cref="Genes"/>. Genes may repeat.
/// </summary>
public sealed record Signature
{
    public required IReadOnlyList<string> Genes { get; init; }

    /// <summary>The moderated t, Wald or other test statistic.</summary>
    public IReadOnlyList<double>? T { get; init; }

    /// <summary>log2 of the fold change.</summary>
    public IReadOnlyList<double>? LogFC { get; init; }

    public IReadOnlyList<double>? Pval { get; init; }

    /// <summary>The p-value adjusted for multiple testing.</summary>
    public IReadOnlyList<double>? AdjPval { get; init; }

    public int Count => Genes.Count;
}
