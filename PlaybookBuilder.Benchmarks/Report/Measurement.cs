namespace PlaybookBuilder.Benchmarks.Report;

/// <summary>One line of the table.</summary>
internal sealed record Measurement
{
    public required string What { get; init; }

    /// <summary>The first is the one that the yardstick is for.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>Without a yardstick of the same run a figure says nothing: the line counts as unmeasured.</summary>
    public Yardstick? Yardstick { get; init; }

    /// <summary>What the reference system was recorded to do on this kind of machine; not measured here.</summary>
    public required string Reference { get; init; }

    /// <summary>What a reader has to know about how it was measured, or why it was not.</summary>
    public string? Note { get; init; }

    public bool IsMeasured => Yardstick is not null && Claims.Count > 0;

    public bool IsMet => IsMeasured && Claims.All(claim => claim.IsMet);

    public static Measurement Unmeasured(string what, string reason) => new() { What = what, Claims = [], Reference = "", Note = $"not measured: {reason}" };
}
