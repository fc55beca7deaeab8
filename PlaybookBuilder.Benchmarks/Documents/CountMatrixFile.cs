using System.Globalization;
using PlaybookBuilder.Benchmarks.Programs;

namespace PlaybookBuilder.Benchmarks.Documents;

/// <summary>The count matrix that the airway row uploads: the real one where it is, else one of the same shape.</summary>
internal sealed record CountMatrixFile(string Path, string Origin)
{
    private const int Genes = 64_102;
    private const int Samples = 8;
    private const int Seed = 20_140;

    /// <summary>Control and treated samples stand in turn in both.</summary>
    public IReadOnlyDictionary<string, string> Labels() => File.ReadLines(Path).First().Split(',').Skip(1)
        .Index()
        .ToDictionary(column => column.Item, column => column.Index % 2 == 0 ? "Control" : "Perturbation", StringComparer.Ordinal);

    public static CountMatrixFile Find(string folderForSynthetic)
    {
        var real = System.IO.Path.GetFullPath(System.IO.Path.Combine(Publishing.FindSolution(), "..", "shared", "data", "airway_rawcounts.csv"));
        return File.Exists(real) ? new(real, "the real airway counts") : WriteSynthetic(System.IO.Path.Combine(folderForSynthetic, "synthetic_rawcounts.csv"));
    }

    private static CountMatrixFile WriteSynthetic(string path)
    {
        var random = new Random(Seed);
        using var writer = new StreamWriter(path);
        writer.WriteLine($"gene,{string.Join(',', Enumerable.Range(1, Samples).Select(sample => $"S{sample}"))}");
        for (var gene = 0; gene < Genes; gene++)
        {
            var expression = Math.Pow(10, random.NextDouble() * 4) - 1;
            var counts = Enumerable.Range(0, Samples).Select(_ => ((int)(expression * (0.5 + random.NextDouble()))).ToString(CultureInfo.InvariantCulture));
            writer.WriteLine($"ENSG{gene:D11},{string.Join(',', counts)}");
        }

        return new(path, $"a synthetic matrix of {Genes} x {Samples}, because airway_rawcounts.csv is missing");
    }
}
