namespace PlaybookBuilder.Benchmarks.Report;

/// <summary>One bar and what was measured against it.</summary>
internal sealed record Claim(string Bar, string Measured, bool IsMet)
{
    public static Claim AtLeast(Quantity bar, double measured) => new($"at least {bar}", $"{bar with { Value = measured }}", measured >= bar.Value);

    public static Claim AtMost(Quantity bar, double measured) => new($"at most {bar}", $"{bar with { Value = measured }}", measured <= bar.Value);

    /// <summary>The same with a word before both, where a row has several bars.</summary>
    public Claim Named(string name) => this with { Bar = $"{name} {Bar}", Measured = $"{name} {Measured}" };
}
