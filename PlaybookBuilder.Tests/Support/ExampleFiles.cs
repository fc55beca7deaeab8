using System.Globalization;
using System.Text;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Tests.Support;

/// <summary>
/// Makes the files that the application offers for trying it: counts of 500 genes in 6 samples of which 40 genes are three times as high in the treated samples and 40 a third as high, what is known of the samples, a
/// signature with the same genes, and libraries. Always the same.
/// </summary>
internal static class ExampleFiles
{
    private const int Seed = 20250101;
    private const int Genes = 500;
    private const int Planted = 40;
    private const double Effect = 3;

    private static readonly string[] Samples = ["control_1", "control_2", "control_3", "treated_1", "treated_2", "treated_3"];

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["counts.csv"] = Counts(),
        ["metadata.csv"] = "sample,donor,condition\n" + string.Concat(Samples.Select(sample => $"{sample},donor {sample[^1]},{sample[..^2]}\n")),
        ["signature.tsv"] = Signature(),
        ["library.gmt"] = Library(Gene, Genes),
        ["library.dmt"] = Library(number => string.Create(CultureInfo.InvariantCulture, $"drug-{number:D3}"), Genes / 5),
    };

    /// <summary>The planted genes: the first ones up, the next ones down.</summary>
    public static int DirectionOf(int gene) => gene < Planted ? 1 : gene < 2 * Planted ? -1 : 0;

    public static string Gene(int number) => string.Create(CultureInfo.InvariantCulture, $"GENE{number + 1:D4}");

    private static string Counts()
    {
        var random = new Random(Seed);
        double[] depths = [1, 0.8, 1.3, 0.9, 1.2, 1.05];
        var text = new StringBuilder("gene,").AppendJoin(',', Samples).Append('\n');
        for (var gene = 0; gene < Genes; gene++)
        {
            var mean = Math.Exp(4.5 + (1.5 * Normal(random)));
            var counts = Samples.Index().Select(sample => Count(random, mean * depths[sample.Index] * Factor(gene, sample.Item)));
            text.Append(Gene(gene)).Append(',').AppendJoin(',', counts).Append('\n');
        }
        return text.ToString();
    }

    private static double Factor(int gene, string sample) => sample.StartsWith("treated", StringComparison.Ordinal) ? Math.Pow(Effect, DirectionOf(gene)) : 1;

    // Biological scatter on the logarithm, and that of counting.
    private static long Count(Random random, double mean)
    {
        var expected = mean * Math.Exp(0.15 * Normal(random));
        return (long)Math.Max(0, Math.Round(expected + (Math.Sqrt(expected) * Normal(random))));
    }

    private static string Signature()
    {
        var random = new Random(Seed + 1);
        var t = Enumerable.Range(0, Genes).Select(gene => Normal(random) + (6 * DirectionOf(gene))).ToArray();
        var pValues = t.Select(NormalDistribution.TwoSidedPValue).ToArray();
        var adjusted = MultipleTesting.BenjaminiHochberg(pValues);
        var text = new StringBuilder("gene\tt\tLogFC\tPval\tAdjPval\n");
        for (var gene = 0; gene < Genes; gene++) text.Append(CultureInfo.InvariantCulture, $"{Gene(gene)}\t{t[gene]:F3}\t{t[gene] / 3:F3}\t{pValues[gene]:E3}\t{adjusted[gene]:E3}\n");
        return text.ToString();
    }

    private static string Library(Func<int, string> member, int members)
    {
        var random = new Random(Seed + 2);
        var text = new StringBuilder();
        foreach (var set in (string[])["Set A", "Set B", "Set C", "Set D"])
        {
            var chosen = Enumerable.Range(0, members).OrderBy(_ => random.Next()).Take(members / 10).Order().Select(member);
            text.Append(set).Append('\t').Append("A synthetic set").Append('\t').AppendJoin('\t', chosen).Append('\n');
        }
        return text.ToString();
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
