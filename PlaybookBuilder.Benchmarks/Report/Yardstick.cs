namespace PlaybookBuilder.Benchmarks.Report;

/// <summary>What the same machine does, in the same run, with the plainest program that does a like thing.</summary>
/// <param name="Figure">Its figure, in the unit of the first claim.</param>
/// <param name="Measured">The value of the first claim, to be set in relation.</param>
/// <param name="Explanation">What it does, in one line.</param>
internal sealed record Yardstick(Quantity Figure, double Measured, string Explanation)
{
    /// <summary>What was measured, as a multiple of the yardstick.</summary>
    public double Ratio => Measured / Figure.Value;
}
