using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Files;

/// <summary>The files that upload forms offer. With <c>WRITE_EXAMPLES=true</c> the first test writes them anew.</summary>
public sealed class ExampleFilesTests
{
    public static TheoryData<string> Names => [.. ExampleFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ExampleFile_InTheApplication_IsWhatTheGeneratorMakes(string name)
    {
        var path = Path.Combine(RepositoryFolder(), "PlaybookBuilder.Web", "wwwroot", "examples", name);
        if (Environment.GetEnvironmentVariable("WRITE_EXAMPLES") == "true") await File.WriteAllTextAsync(path, ExampleFiles.All[name], TestContext.Current.CancellationToken);

        Assert.Equal(ExampleFiles.All[name], await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ExampleFile_OfEveryPromptThatHasOne_IsTakenByIt()
    {
        var prompts = TestCatalog.Instance.ProcessTypes.Where(type => type is IExampleFile).ToArray();

        Assert.Equal(["DMTFileUpload", "GMTFileUpload", "GeneCountMatrixFileUpload", "GeneSigFileUpload", "MetadataMatrixFileUpload"], prompts.Select(prompt => prompt.Spec));
        foreach (var prompt in prompts)
        {
            var name = ((IExampleFile)prompt).ExampleFile;
            var run = new ComponentRun();
            Assert.NotEmpty(await run.RunAsync(prompt.Spec, Document(name, ExampleFiles.All[name])));
            Assert.Empty(run.Warnings);
        }
    }

    [Fact]
    public async Task ExampleFiles_Together_SeparateTheGroupsAlongTheFirstComponent()
    {
        var annotated = await AnnotatedAsync(ExampleFiles.All["counts.csv"], ExampleFiles.All["metadata.csv"]);

        var figure = Parse(await ComponentRun.ResolveAsync("PCAGraphWithMetadata2D", null, ("anndata", annotated)));

        var groups = figure.GetProperty("data").EnumerateArray().ToDictionary(trace => trace.GetProperty("name").GetString()!, trace => trace.GetProperty("x").EnumerateArray().Select(x => Math.Sign(x.GetDouble())).Distinct());
        Assert.Equal(["control", "treated"], groups.Keys);
        Assert.Equal(-Assert.Single(groups["control"]), Assert.Single(groups["treated"]));
    }

    [Theory]
    [InlineData("UpGeneSetFromSignature", 1)]
    [InlineData("DownGeneSetFromSignature", -1)]
    public async Task ExampleSignature_ItsSignificantGenes_AreMostlyThePlantedOnes(string spec, int direction)
    {
        var signature = await ComponentRun.ResolveAsync("GeneSigFileUpload", Document("signature.tsv", ExampleFiles.All["signature.tsv"]));

        var genes = Documents.MembersOf(await ComponentRun.ResolveAsync(spec, null, ("sig", signature)));

        var planted = Enumerable.Range(0, 500).Where(gene => ExampleFiles.DirectionOf(gene) == direction).Select(ExampleFiles.Gene).ToArray();
        Assert.Empty(planted.Except(genes));
        Assert.Equal(planted.Length, genes.Take(planted.Length).Intersect(planted).Count());
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PlaybookBuilder.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run within the repository.");
    }
}
