using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Matrices;

public sealed class UploadTests
{
    [Fact]
    public async Task CountMatrix_OfAText_RefersToTheFileAndShowsItsValues()
    {
        var file = Add("counts.csv", Counts);

        var value = Parse(await ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", Document(file, " my counts ")));

        Assert.Equal(file.Url, value.GetProperty("url").GetString());
        Assert.Equal(file.Sha256, value.GetProperty("sha256").GetString());
        Assert.Equal(file.Size, value.GetProperty("size").GetInt64());
        Assert.Equal("my counts", value.GetProperty("description").GetString());
        Assert.Equal("[4,4]", value.GetProperty("shape").GetRawText());
        Assert.Equal(["A", "B", "C", "D"], Texts(value, "index"));
        Assert.Equal(["s1", "s2", "s3", "s4"], Texts(value, "columns"));
        Assert.Equal("[[10,12,100,90],[5,4,6,5],[0,0,0,0],[50,55,7,6]]", value.GetProperty("values").GetRawText());
        Assert.Equal("[null,null]", value.GetProperty("ellipses").GetRawText());
        Assert.Equal(["counts"], Texts(value, "scale"));
        Assert.False(value.TryGetProperty("notes", out _));
    }

    [Fact]
    public async Task CountMatrix_Large_ShowsItsCorners()
    {
        var value = Parse(await CountsAsync(ManyGenes(samples: 11), "viele.tsv.csv"));

        Assert.Equal("[100000,11]", value.GetProperty("shape").GetRawText());
        Assert.Equal("[5,5]", value.GetProperty("ellipses").GetRawText());
        Assert.Equal(["γ0", "γ1", "γ2", "γ3", "γ4", "γ99995", "γ99996", "γ99997", "γ99998", "γ99999"], Texts(value, "index"));
        Assert.Equal(["Probe-ü1", "Probe-ü2", "Probe-ü3", "Probe-ü4", "Probe-ü5", "Probe-ü7", "Probe-ü8", "Probe-ü9", "Probe-ü10", "Probe-ü11"], Texts(value, "columns"));
        Assert.All(value.GetProperty("values").EnumerateArray(), row => Assert.Equal(10, row.GetArrayLength()));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(6)]
    [InlineData(1)]
    public async Task CountMatrix_OfFewGenes_IsShownWhole(int genes)
    {
        var value = Parse(await CountsAsync(ManyGenes(genes)));

        Assert.Equal(genes, value.GetProperty("index").GetArrayLength());
        Assert.Equal("[null,null]", value.GetProperty("ellipses").GetRawText());
    }

    [Fact]
    public async Task CountMatrix_WithRepeatsMissingAndNegativeValues_SaysSo()
    {
        var run = new ComponentRun();

        var value = Parse(await run.RunAsync("GeneCountMatrixFileUpload", Document("x.tsv", "g\ts1\ts2\nA\t1\tNA\nA\t-2\tInf\nB\t3\t4\n")));

        Assert.Equal("""[[1,"nan"],[-2,"inf"],[3,4]]""", value.GetProperty("values").GetRawText());
        Assert.Equal(
            ["Rows with the name of an earlier row: 1. All rows are kept.", "Missing values: 1 of 6.", "Infinite values, which count as missing in computations: 1 of 6.", "The values are no counts (some are below zero, or the file says so) and are taken as they are."],
            Texts(value, "notes"));
        Assert.Equal(Texts(value, "notes"), run.Warnings);
        Assert.Equal(["as-given"], Texts(value, "scale"));
    }

    [Theory]
    [InlineData("GeneCountMatrixFileUpload", Counts)]
    [InlineData("MetadataMatrixFileUpload", Metadata)]
    [InlineData("GeneSigFileUpload", "gene,LogFC,Pval\nü,1,0.5\n")]
    [InlineData("GMTFileUpload", "t\td\tA\tß\n")]
    [InlineData("DMTFileUpload", "t\t\taspirin\n")]
    public async Task Upload_Gzipped_IsReadLikeTheText(string spec, string content)
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await zip.WriteAsync(Encoding.UTF8.GetBytes(content), TestContext.Current.CancellationToken);

        var ofText = Parse(await ComponentRun.ResolveAsync(spec, Document("file.txt", content)));
        var ofPacked = Parse(await ComponentRun.ResolveAsync(spec, Document(TestCatalog.Files.Add("file.txt.gz", packed.ToArray()))));

        string Content(JsonElement value) => value.TryGetProperty("values", out var values) ? values.GetRawText() + value.GetProperty("index").GetRawText() : value.GetRawText();
        Assert.Equal(Content(ofText), Content(ofPacked));
    }

    [Fact]
    public async Task CountMatrix_OfAnAnnDataFile_IsTaken()
    {
        var annotated = Parse(await AnnotatedAsync());

        var value = Parse(await ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", ReferenceOf(annotated)));

        Assert.Equal(annotated.GetProperty("values").GetRawText(), value.GetProperty("values").GetRawText());
    }

    [Theory]
    [InlineData("GeneCountMatrixFileUpload", "", "The file is empty")]
    [InlineData("GeneCountMatrixFileUpload", "gene,s1,s2\n", "no rows")]
    [InlineData("GeneCountMatrixFileUpload", "gene,s1,s1\nA,1,2\n", "'s1' stands twice")]
    [InlineData("GeneCountMatrixFileUpload", "gene,s1\nA,ten\n", "'ten' is not a number")]
    [InlineData("GeneCountMatrixFileUpload", "PK\u0003\u0004...", "Excel workbook")]
    [InlineData("GeneCountMatrixFileUpload", "one column\nA\n", "only one column")]
    [InlineData("GeneCountMatrixFileUpload", "#1.2\n1\t1\nName\tDescription\ts1\nA\tna\t1\n", "This is a GCT file")]
    [InlineData("MetadataMatrixFileUpload", "", "The file is empty")]
    [InlineData("MetadataMatrixFileUpload", "sample,type\na,x\na,y\n", "'a' stands twice")]
    [InlineData("AnnDataFileUpload", "gene,s1\nA,1\n", "can't be read as AnnData")]
    [InlineData("AnnDataFileUpload", "", "can't be read as AnnData")]
    [InlineData("GeneSigFileUpload", "gene,t\nA,1\n", "No column is a log2 fold change")]
    [InlineData("GeneSigFileUpload", "gene,Pval\nA,2\n", "not a probability")]
    [InlineData("GMTFileUpload", "no tabs here\n", "has no tabs")]
    [InlineData("DMTFileUpload", "", "The file is empty")]
    public async Task Upload_OfAWrongFile_SaysWhichAndWhy(string spec, string content, string reason)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(spec, Document("wrong-file.csv", content)));

        Assert.StartsWith("wrong-file.csv: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfAFileThatIsGone_SaysSo() =>
        Assert.Contains("is not here", (await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", """{"url":"drs://test/gone","filename":"a.csv"}"""))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"filename":"a.csv"}""", "url")]
    [InlineData("""{"url":"no address","filename":"a.csv"}""", "$.url")]
    [InlineData("""{"url":"drs://test/1","filename":" "}""", "$.filename")]
    public void Upload_AnswerThatIsNoFile_IsRefused(string answer, string path) =>
        Assert.Contains(path, Assert.Throws<WorkflowException>(() => TestCatalog.Instance.GetProcessType("GeneCountMatrixFileUpload").DecodeAnswer(Datum.OfJson("FileURL", answer))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("GeneCountMatrixFileUpload", "GeneCountMatrixFromFile", Counts)]
    [InlineData("MetadataMatrixFileUpload", "MetadataMatrixFromFile", Metadata)]
    [InlineData("GeneSigFileUpload", "GeneSigFromFile", "gene,LogFC,Pval\nA,1,0.5\n")]
    [InlineData("GMTFileUpload", "GMTFromFile", "t\td\tA\tB\n")]
    [InlineData("DMTFileUpload", "DMTFromFile", "t\t\taspirin\n")]
    public async Task FromFile_OfTheSameFile_GivesWhatTheUploadGives(string upload, string fromFile, string content)
    {
        var file = await ComponentRun.ResolveAsync("FileInput", Document("file.txt", content, "mine"));

        Assert.Equal(await ComponentRun.ResolveAsync(upload, file), await ComponentRun.ResolveAsync(fromFile, null, ("file", file)));
    }

    [Fact]
    public async Task AnnDataFile_WrittenHere_ReadsBackWithItsScale()
    {
        var annotated = Parse(await AnnotatedAsync());

        var upload = Parse(await ComponentRun.ResolveAsync("AnnDataFileUpload", ReferenceOf(annotated)));
        var fromFile = Parse(await ComponentRun.ResolveAsync("AnnDataFromFile", null, ("file", ReferenceOf(annotated))));

        Assert.Equal(annotated.GetProperty("values").GetRawText(), upload.GetProperty("values").GetRawText());
        Assert.Equal(["counts"], Texts(upload, "scale"));
        Assert.Equal(upload.GetRawText(), fromFile.GetRawText());
    }

    [Fact]
    public async Task Metadata_OfOddCells_KeepsThemAsTheyStand()
    {
        var value = Parse(await MetadataAsync("sample,größe,leer\nü,1.50,\nb,\"x,y\",\n"));

        Assert.Equal("""[["1.50",""],["x,y",""]]""", value.GetProperty("values").GetRawText());
        Assert.Equal(["größe", "leer"], Texts(value, "columns"));
    }

    [Fact]
    public async Task Metadata_Large_ShowsAllColumns()
    {
        var columns = string.Join(',', Enumerable.Range(0, 30));
        var text = $"sample,{columns}\n" + string.Concat(Documents.ManyTerms().Select(sample => $"{sample},{columns}\n"));

        var value = Parse(await MetadataAsync(text));

        Assert.Equal("[100000,30]", value.GetProperty("shape").GetRawText());
        Assert.Equal("[5,null]", value.GetProperty("ellipses").GetRawText());
        Assert.Equal(30, value.GetProperty("columns").GetArrayLength());
    }

    [Fact]
    public async Task Library_WithRepeatedAndEmptyLabels_MergesAndTells()
    {
        var run = new ComponentRun();

        var library = await run.RunAsync("GMTFileUpload", Document("x.gmt", "a\td\tX\tY\t\tX\nempty\t\nü\t\tZ,1.5\na\t\tQ\n"));

        Assert.Equal("""{"a":{"description":"d","set":["X","Y","Q"]},"ü":{"set":["Z"]}}""", library);
        Assert.Equal(["On more than one line, each made one set: a.", "Without genes, left out: empty."], run.Warnings);
    }

    [Fact]
    public async Task Reading_OfAFile_TellsItsProgress()
    {
        var reports = new List<ProgressReport>();
        var type = TestCatalog.Instance.GetProcessType("GeneCountMatrixFileUpload");
        var answer = type.DecodeAnswer(Datum.OfJson("FileURL", Document("counts.csv", ManyGenes())));

        await type.RunAsync(answer, new NoInputs(), new Progress(reports.Add), TestContext.Current.CancellationToken);

        var percents = reports.Where(report => report.Percent is not null).Select(report => report.Percent!.Value).ToArray();
        Assert.Contains(reports, report => report.Message == "Reading counts.csv");
        Assert.True(percents.Length > 3);
        Assert.Equal(percents.Order(), percents);
        Assert.Equal(100, percents[^1]);
    }

    [Fact]
    public async Task Reading_Cancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var type = TestCatalog.Instance.GetProcessType("GeneCountMatrixFileUpload");
        var answer = type.DecodeAnswer(Datum.OfJson("FileURL", Document("counts.csv", ManyGenes())));
        var progress = new Progress(report =>
        {
            if (report.Percent > 10) cancel.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => type.RunAsync(answer, new NoInputs(), progress, cancel.Token));
    }

    [Theory]
    [InlineData("""{"url":"drs://a/b","filename":"x","shape":[1],"index":[],"columns":[],"values":[],"ellipses":[null,null]}""", "$.shape")]
    [InlineData("""{"url":"drs://a/b","filename":"x","shape":[1,1],"index":["a"],"columns":["b"],"values":[[1,2]],"ellipses":[null,null]}""", "$.values[0]")]
    [InlineData("""{"url":"drs://a/b","filename":"x","shape":[1,1],"index":["a"],"columns":["b"],"values":[[true]],"ellipses":[null,null]}""", "$.values[0][0]")]
    [InlineData("""{"url":"drs://a/b","filename":"x"}""", "$")]
    public void CountMatrix_DocumentThatDoesNotFit_IsRefusedWithThePath(string json, string path) =>
        Assert.Contains($"at {path}:", Assert.Throws<WorkflowException>(() => TestCatalog.Instance.FindDataType("GeneCountMatrix")!.Decode(Datum.OfJson("GeneCountMatrix", json))).Message, StringComparison.Ordinal);

    [Fact]
    public void CountMatrix_DocumentOfAnotherSystem_IsTaken() =>
        Assert.NotNull(TestCatalog.Instance.FindDataType("GeneCountMatrix")!.Decode(Datum.OfJson("GeneCountMatrix", """
            {"description":null,"url":"drs://a/b","filename":"x.h5ad","shape":[1,2],"index":["a"],"columns":["b","c"],"values":[["nan",2.5]],"ellipses":[null,null],"extra":{"kept":true}}
            """)));

    private static string ReferenceOf(System.Text.Json.JsonElement value) =>
        $$"""{"url":"{{value.GetProperty("url").GetString()}}","filename":"{{value.GetProperty("filename").GetString()}}"}""";
}
