using System.Collections.Immutable;

namespace PlaybookBuilder.Core.Matrices;

/// <summary>
/// What the values of a matrix are: where they began (counts, or values as somebody gave them) and the transformations
/// applied since, in order. Equal by value.
/// </summary>
public sealed class MatrixScale : IEquatable<MatrixScale>
{
    private const string CountsToken = "counts";
    private const string AsGivenToken = "as-given";

    private static readonly ImmutableArray<(MatrixTransformation Transformation, string Token, string Phrase)> Known =
    [
        (MatrixTransformation.Log2, "log2", "log2(x+1) transformed"),
        (MatrixTransformation.ZScore, "zscore", "z-scored per gene"),
        (MatrixTransformation.Quantile, "quantile", "quantile normalized across samples"),
    ];

    private readonly bool _beganAsCounts;

    private MatrixScale(bool beganAsCounts, ImmutableArray<MatrixTransformation> applied)
    {
        _beganAsCounts = beganAsCounts;
        Applied = applied;
    }

    /// <summary>Untransformed counts (or abundances): non-negative and on a linear scale.</summary>
    public static MatrixScale Counts { get; } = new(true, []);

    /// <summary>Values of which only the giver knows what was done to them, as in a matrix with negative values.</summary>
    public static MatrixScale AsGiven { get; } = new(false, []);

    /// <summary>The transformations, in the order in which they were applied.</summary>
    public ImmutableArray<MatrixTransformation> Applied { get; }

    /// <summary>True for counts to which nothing was done.</summary>
    public bool IsCounts => _beganAsCounts && Applied.IsEmpty;

    /// <summary>The stable, machine-readable form, as it stands in files: <c>counts, log2, quantile</c>.</summary>
    public ImmutableArray<string> Tokens =>
        [_beganAsCounts ? CountsToken : AsGivenToken, .. Applied.Select(applied => Known.First(known => known.Transformation == applied).Token)];

    /// <summary>The scale after one more transformation.</summary>
    public MatrixScale Then(MatrixTransformation transformation) => new(_beganAsCounts, Applied.Add(transformation));

    /// <summary>Reads <see cref="Tokens"/>. Null when they are not ours.</summary>
    public static MatrixScale? FromTokens(IReadOnlyList<string> tokens)
    {
        if (tokens.Count == 0 || tokens[0] is not (CountsToken or AsGivenToken)) return null;

        var applied = ImmutableArray.CreateBuilder<MatrixTransformation>(tokens.Count - 1);
        foreach (var token in tokens.Skip(1))
        {
            var match = Known.FirstOrDefault(known => known.Token == token);
            if (match.Token is null) return null;
            applied.Add(match.Transformation);
        }
        return new MatrixScale(tokens[0] == CountsToken, applied.ToImmutable());
    }

    /// <summary>
    /// The scale of values that come without a record of it: counts unless one is negative, which no count can be.
    /// Fractions are allowed, because estimated counts and abundances (RSEM, TPM) have them.
    /// </summary>
    public static MatrixScale Of(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (value < 0) return AsGiven;
        return Counts;
    }

    /// <summary>In words, for stories and legends: "counts, log2(x+1) transformed, quantile normalized across samples".</summary>
    public override string ToString() =>
        string.Join(", ", Applied.Select(applied => Known.First(known => known.Transformation == applied).Phrase).Prepend(_beganAsCounts ? "counts" : "values as given"));

    public bool Equals(MatrixScale? other) => other is not null && _beganAsCounts == other._beganAsCounts && Applied.SequenceEqual(other.Applied);

    public override bool Equals(object? obj) => Equals(obj as MatrixScale);

    public override int GetHashCode() => Applied.Aggregate(_beganAsCounts.GetHashCode(), HashCode.Combine);
}
