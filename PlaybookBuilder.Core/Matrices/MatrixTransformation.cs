namespace PlaybookBuilder.Core.Matrices;

/// <summary>Something that was done to all values of a matrix.</summary>
public enum MatrixTransformation
{
    /// <summary>log2(x + 1) of every value.</summary>
    Log2,

    /// <summary>Every gene centred to mean 0 and scaled to standard deviation 1 over the samples.</summary>
    ZScore,

    /// <summary>Every sample brought to the same distribution of values.</summary>
    Quantile,
}
