using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Hdf;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Matrices;

public sealed class AnnotatedMatrixTests
{
    [Fact]
    public async Task Joining_MetadataInAnotherOrder_GoesBySample()
    {
        var data = await ReadAsync(await AnnotatedAsync());

        Assert.Equal(["s1", "s2", "s3", "s4"], data.Samples.Index);
        Assert.Equal(["1", "2", "1", "2"], data.Samples.Find("batch")!.Values);
        Assert.Equal(["untreated", "untreated", "treated", "treated"], data.Samples.Find("condition")!.Values);
        Assert.Equal(100, data.Matrix[0, 2]);
    }

    [Fact]
    public async Task Joining_SamplesWithoutMetadataAndOthers_AreNamed()
    {
        var value = await AnnotatedAsync(metadata: "sample,type\ns1,a\ns3,b\nother,c\n");

        Assert.Equal(["Samples without metadata: 2 of 4 (s2 and s4).", "Rows of the metadata that are of no sample in the matrix: 1 (other)."], Texts(Parse(value), "notes"));
        Assert.Equal(["a", "", "b", ""], (await ReadAsync(value)).Samples.Find("type")!.Values);
    }

    [Fact]
    public async Task Joining_NothingInCommon_FailsAndShowsBoth()
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => AnnotatedAsync(metadata: "sample,type\nS1,a\n"));

        Assert.Equal("No sample of counts.csv (s1, s2, s3 and s4) stands in the first column of metadata.csv (S1). Both must name the samples alike.", failure.Message);
    }

    [Fact]
    public async Task Joining_AnAnnotatedMatrixAgain_KeepsWhatIsNotReplaced()
    {
        var annotated = Parse(await AnnotatedAsync());
        var counts = await ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", $$"""{"url":"{{annotated.GetProperty("url").GetString()}}","filename":"a.h5ad"}""");

        var again = await ComponentRun.ResolveAsync("AnnDataFromGeneCountMatrixAndMetadataMatrix", null, ("gene_count_matrix", counts), ("metadata_matrix", await MetadataAsync("sample,batch,sex\ns1,9,f\ns2,,m\n")));

        var samples = (await ReadAsync(again)).Samples;
        Assert.Equal(["9", "2", "1", "2"], samples.Find("batch")!.Values);
        Assert.Equal(["untreated", "untreated", "treated", "treated"], samples.Find("condition")!.Values);
        Assert.Equal(["f", "m", "", ""], samples.Find("sex")!.Values);
    }

    [Fact]
    public async Task Joining_Large_KeepsAllGenes()
    {
        var value = Parse(await AnnotatedAsync(ManyGenes(), "sample,type\nProbe-ü1,a\nProbe-ü2,a\nProbe-ü3,b\nProbe-ü4,b\n"));

        Assert.Equal("[100000,4]", value.GetProperty("shape").GetRawText());
        Assert.Equal("counts-annotated.h5ad", value.GetProperty("filename").GetString());
    }

    [Fact]
    public async Task Labelling_OfACountMatrix_MarksTheSamples()
    {
        var value = await LabelAsync("""{"Type: Control or Perturbation":{"s1":"Control","s2":"control","s3":"Perturbation"},"größe":{"s4":" 1 "}}""");

        var samples = (await ReadAsync(value)).Samples;
        Assert.Equal(["Control", "Control", "Perturbation", ""], samples.Find(SampleGroups.LabelColumn)!.Values);
        Assert.Equal(["", "", "", "1"], samples.Find("größe")!.Values);
        Assert.Equal(["Samples in neither group: 1 of 4 (s4)."], Texts(Parse(value), "notes"));
        Assert.Equal("counts-labelled.h5ad", Parse(value).GetProperty("filename").GetString());
    }

    [Fact]
    public async Task Labelling_OfAnAnnotatedMatrix_ChangesOnlyWhatItNames()
    {
        var value = await ComponentRun.ResolveAsync(
            "LabelAnnDataMetadata", """{"Type: Control or Perturbation":{"s1":"Control","s2":"Control","s3":"Perturbation","s4":"Perturbation"},"batch":{"s1":""}}""", ("matrix", await AnnotatedAsync()));

        var samples = (await ReadAsync(value)).Samples;
        Assert.Equal(["", "2", "1", "2"], samples.Find("batch")!.Values);
        Assert.Equal(["untreated", "untreated", "treated", "treated"], samples.Find("condition")!.Values);
        Assert.False(Parse(value).TryGetProperty("notes", out _));
    }

    [Theory]
    [InlineData("{}", "No sample is labelled")]
    [InlineData("""{"Type: Control or Perturbation":{"s1":""}}""", "No sample is labelled")]
    [InlineData("""{"Type: Control or Perturbation":{"s9":"Control"}}""", "no sample called s9")]
    [InlineData("""{"Type: Control or Perturbation":{"s1":"Placebo"}}""", "labelled 'Placebo'")]
    public async Task Labelling_ThatMakesNoSense_FailsWithTheReason(string answer, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProcessFailedException>(() => LabelAsync(answer))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Labelling_OfOneGroupOnly_SaysWhichIsMissing() =>
        Assert.Contains("No sample is labelled Perturbation.", Texts(Parse(await LabelAsync("""{"Type: Control or Perturbation":{"s1":"Control","s2":"Control","s3":"Control","s4":"Control"}}""")), "notes"));

    [Theory]
    [InlineData("""{"a":{"s1":1}}""", "$.a.s1")]
    [InlineData("""{"a":null}""", "$.a")]
    [InlineData("""{"a":{"s1":null}}""", "$.a.s1")]
    [InlineData("""["a"]""", "$")]
    public void Labels_OfAnotherShape_AreRefusedWithThePath(string answer, string path) =>
        Assert.Contains($"at {path}:", Assert.Throws<WorkflowException>(() => TestCatalog.Instance.GetProcessType("LabelGeneCountMatrix").DecodeAnswer(Datum.OfJson("labels", answer))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Transposition_Twice_IsTheMatrixItself()
    {
        var once = await ComponentRun.ResolveAsync("Transpose", null, ("file", await CountsAsync()));
        var twice = await ComponentRun.ResolveAsync("Transpose", null, ("file", once));

        Assert.Equal(["s1", "s2", "s3", "s4"], Texts(Parse(once), "index"));
        Assert.Equal(["A", "B", "C", "D"], Texts(Parse(once), "columns"));
        Assert.Equal("[10,5,0,50]", Parse(once).GetProperty("values")[0].GetRawText());
        Assert.Equal(Parse(await CountsAsync()).GetProperty("values").GetRawText(), Parse(twice).GetProperty("values").GetRawText());
        Assert.Equal("counts-transposed-transposed.h5ad", Parse(twice).GetProperty("filename").GetString());
    }

    [Fact]
    public async Task Transposition_OfRepeatedGenes_Fails()
    {
        var counts = await CountsAsync("g,s1\nA,1\nA,2\n");

        Assert.Contains("names repeat (rows with the name of an earlier one: 1)", (await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync("Transpose", null, ("file", counts)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", "x|y", "b", "x", "y")]
    [InlineData("b|a", "x|y", "b", "x", "y")]
    public void Groups_WithoutLabels_AreThoseOfTheLastColumnOfTwoValues(string columns, string values, string expectedColumn, string control, string perturbation)
    {
        var names = columns.Split('|');
        var groups = values.Split('|');
        AnnotationColumn Column(string name) => new(name, name == "b" ? [groups[0], groups[1], ""] : ["1", "2", "3"]);

        var found = SampleGroups.Of(new Annotations(["s1", "s2", "s3"], [.. names.Select(Column)]));

        Assert.Equal((expectedColumn, control, perturbation), (found.Column, found.Control, found.Perturbation));
        Assert.Equal([groups[0], groups[1], null], found.Groups);
    }

    [Fact]
    public void Groups_WithLabels_AreTheLabelled()
    {
        var found = SampleGroups.Of(new Annotations(["s1", "s2", "s3"], [new(SampleGroups.LabelColumn, ["perturbation", "", " Control "]), new("z", ["1", "2", "1"])]));

        Assert.Equal(SampleGroups.LabelColumn, found.Column);
        Assert.Equal(["Perturbation", null, "Control"], found.Groups);
    }

    private static async Task<string> LabelAsync(string answer) => await ComponentRun.ResolveAsync("LabelGeneCountMatrix", answer, ("matrix", await CountsAsync()));

    private static async Task<AnnData> ReadAsync(string value)
    {
        using var stream = new MemoryStream(TestCatalog.Files.Read(Parse(value).GetProperty("url").GetString()!));
        return await AnnDataReader.ReadAsync(stream, ReadOptions.Default, TestContext.Current.CancellationToken);
    }
}
