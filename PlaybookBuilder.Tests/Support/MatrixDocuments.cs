using System.Globalization;
using System.Text;
using System.Text.Json;
using PlaybookBuilder.Core.Components.Files;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Documents of files and matrices for tests of components.</summary>
internal static class MatrixDocuments
{
    public const string Counts = "gene,s1,s2,s3,s4\nA,10,12,100,90\nB,5,4,6,5\nC,0,0,0,0\nD,50,55,7,6\n";

    public const string Metadata = "sample,batch,condition\ns4,2,treated\ns1,1,untreated\ns2,2,untreated\ns3,1,treated\n";

    public static FileUrl Add(string filename, string text) => TestCatalog.Files.Add(filename, text);

    public static string Document(FileUrl file, string? description = null) =>
        JsonSerializer.Serialize(new { description, url = file.Url, filename = file.Filename, sha256 = file.Sha256, size = file.Size });

    public static string Document(string filename, string text, string? description = null) => Document(Add(filename, text), description);

    /// <summary>The value of a gene count matrix, as uploading gives it.</summary>
    public static Task<string> CountsAsync(string text = Counts, string filename = "counts.csv") => ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", Document(filename, text));

    public static Task<string> MetadataAsync(string text = Metadata) => ComponentRun.ResolveAsync("MetadataMatrixFileUpload", Document("metadata.csv", text));

    /// <summary>The value of a matrix annotated with metadata.</summary>
    public static async Task<string> AnnotatedAsync(string counts = Counts, string metadata = Metadata) => await ComponentRun.ResolveAsync(
        "AnnDataFromGeneCountMatrixAndMetadataMatrix", null, ("gene_count_matrix", await CountsAsync(counts)), ("metadata_matrix", await MetadataAsync(metadata)));

    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    public static string[] Texts(JsonElement value, string member) => [.. value.GetProperty(member).EnumerateArray().Select(item => item.ToString())];

    /// <summary>Counts of many genes with names beyond ASCII.</summary>
    public static string ManyGenes(int genes = Documents.Large, int samples = 4)
    {
        var text = new StringBuilder("gene").AppendJoin("", Enumerable.Range(1, samples).Select(sample => FormattableString.Invariant($",Probe-ü{sample}"))).Append('\n');
        for (var gene = 0; gene < genes; gene++)
        {
            text.Append(CultureInfo.InvariantCulture, $"γ{gene}");
            for (var sample = 0; sample < samples; sample++) text.Append(CultureInfo.InvariantCulture, $",{(gene * 7 + sample * 13) % 1000}");
            text.Append('\n');
        }
        return text.ToString();
    }
}
