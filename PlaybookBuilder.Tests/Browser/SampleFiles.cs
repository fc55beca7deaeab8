using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>The airway counts and their metadata, or a matrix of the same shape where those are missing.</summary>
internal static class SampleFiles
{
    public const int Samples = 8;
    private const int Genes = 2000;

    public static async Task<FilePayload> CountsAsync() => await ReadAsync("airway_rawcounts.csv", "counts.csv") ?? Csv("counts.csv", Counts());

    public static async Task<FilePayload> MetadataAsync() => await ReadAsync("airway_metadata.csv", "metadata.csv") ?? Csv("metadata.csv", Metadata());

    private static async Task<FilePayload?> ReadAsync(string file, string name) =>
        SharedData.Find(file) is { } path ? Csv(name, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)) : null;

    private static FilePayload Csv(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static string Counts()
    {
        var random = new Random(5);
        var text = new StringBuilder("gene").AppendJoin("", Enumerable.Range(1, Samples).Select(static sample => $",S{sample}")).Append('\n');
        for (var gene = 0; gene < Genes; gene++)
        {
            text.Append(CultureInfo.InvariantCulture, $"GENE{gene}").AppendJoin("", Enumerable.Range(0, Samples).Select(sample => $",{random.Next(500) + (gene % 2 * sample % 2 * 200)}")).Append('\n');
        }

        return text.ToString();
    }

    private static string Metadata() => "id,dex\n" + string.Concat(Enumerable.Range(1, Samples).Select(static sample => $"S{sample},{(sample % 2 == 1 ? "control" : "treated")}\n"));
}
