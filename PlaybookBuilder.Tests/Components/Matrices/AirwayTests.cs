using System.Text.Json;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Matrices;

/// <summary>A published matrix of 64,102 genes and 8 samples, from the upload to the figure.</summary>
public sealed class AirwayTests
{
    [Fact]
    public async Task Airway_FromUploadToLabelledFigure_ShowsBothGroups()
    {
        var counts = TestCatalog.Files.Add("airway_rawcounts.csv", await ReadAsync("airway_rawcounts.csv"));
        var matrix = await ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", Document(counts));
        var labelled = await ComponentRun.ResolveAsync("LabelGeneCountMatrix", Labels(Texts(Parse(matrix), "columns")), ("matrix", matrix));

        var figure = Parse(await ComponentRun.ResolveAsync("PCAGraphWithMetadata2D", null, ("anndata", labelled)));

        Assert.Equal([64_102, 8], Parse(matrix).GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal(["Control", "Perturbation"], figure.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Airway_WithItsMetadata_IsGroupedByTheTreatment()
    {
        var matrix = await ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", Document(TestCatalog.Files.Add("airway_rawcounts.csv", await ReadAsync("airway_rawcounts.csv"))));
        var metadata = await ComponentRun.ResolveAsync("MetadataMatrixFileUpload", Document(TestCatalog.Files.Add("airway_metadata.csv", await ReadAsync("airway_metadata.csv"))));

        var annotated = await ComponentRun.ResolveAsync("AnnDataFromGeneCountMatrixAndMetadataMatrix", null, ("gene_count_matrix", matrix), ("metadata_matrix", metadata));
        var figure = Parse(await ComponentRun.ResolveAsync("PCAGraphWithMetadata2D", null, ("anndata", annotated)));

        Assert.Equal(["control", "treated"], figure.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("name").GetString()));
        Assert.All(figure.GetProperty("data").EnumerateArray(), trace => Assert.Equal(4, trace.GetProperty("x").GetArrayLength()));
    }

    private static string Labels(string[] samples) =>
        JsonSerializer.Serialize(new Dictionary<string, object> { ["Type: Control or Perturbation"] = samples.Index().ToDictionary(sample => sample.Item, sample => sample.Index % 2 == 0 ? "Control" : "Perturbation") });

    private static async Task<byte[]> ReadAsync(string name)
    {
        var path = SharedData.Find(name);
        if (path is null) Assert.Skip($"The file {name} is not there.");
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }
}
