using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Components.Sets;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components.Sets;

public sealed class LibrariesTests
{
    private const string Library = """{"one":{"set":["B","A","A","ñ"]},"two":{"description":"d","set":["ñ","C","B"]},"three":{"set":["B","D","D","ñ"]}}""";

    [Theory]
    [InlineData("GMTUnion", "gmt")]
    [InlineData("DMTUnion", "dmt")]
    public async Task Union_SeveralSets_GivesEveryMemberOnce(string spec, string argument)
    {
        // Canonical JSON puts "three" before "two".
        Assert.Equal("""{"set":["B","A","ñ","D","C"]}""", await ComponentRun.ResolveAsync(spec, null, (argument, Library)));
        Assert.Equal("""{"set":[]}""", await ComponentRun.ResolveAsync(spec, null, (argument, "{}")));
    }

    [Theory]
    [InlineData("GMTIntersection", "gmt")]
    [InlineData("DMTIntersection", "dmt")]
    public async Task Intersection_SeveralSets_GivesWhatAllHold(string spec, string argument)
    {
        Assert.Equal("""{"set":["B","ñ"]}""", await ComponentRun.ResolveAsync(spec, null, (argument, Library)));
        Assert.Equal("""{"set":[]}""", await ComponentRun.ResolveAsync(spec, null, (argument, "{}")));
        Assert.Equal("""{"set":[]}""", await ComponentRun.ResolveAsync(spec, null, (argument, """{"a":{"set":["A"]},"b":{"set":[]}}""")));
        Assert.Equal("""{"set":["B","A"]}""", await ComponentRun.ResolveAsync(spec, null, (argument, """{"a":{"set":["B","A","B"]}}""")));
    }

    [Theory]
    [InlineData("GMTConsensus", "gmt")]
    [InlineData("DMTConsensus", "dmt")]
    public async Task Consensus_SeveralSets_CountsAMemberOnceASet(string spec, string argument)
    {
        Assert.Equal("""{"set":["B","ñ"]}""", await ComponentRun.ResolveAsync(spec, null, (argument, Library)));
        Assert.Equal("""{"set":[]}""", await ComponentRun.ResolveAsync(spec, null, (argument, "{}")));
        Assert.Equal("""{"set":[]}""", await ComponentRun.ResolveAsync(spec, null, (argument, """{"a":{"set":["A","A"]}}""")));
    }

    [Fact]
    public async Task SetOperations_ManySmallAndOneLargeSet_GiveTheRightMembers()
    {
        var sets = Documents.ManyTerms().ToDictionary(term => term, term => new { set = new[] { term, "shared" } });
        var library = System.Text.Json.JsonSerializer.Serialize(sets);

        Assert.Equal(Documents.Large + 1, Documents.MembersOf(await ComponentRun.ResolveAsync("GMTUnion", null, ("gmt", library))).Length);
        Assert.Equal(["shared"], Documents.MembersOf(await ComponentRun.ResolveAsync("GMTIntersection", null, ("gmt", library))));
        Assert.Equal(["shared"], Documents.MembersOf(await ComponentRun.ResolveAsync("GMTConsensus", null, ("gmt", library))));
        Assert.Equal(Documents.Large, Documents.MembersOf(await ComponentRun.ResolveAsync("GMTIntersection", null, ("gmt", $$"""{"all":{{Documents.Set(Documents.ManyTerms())}}}"""))).Length);
    }

    [Fact]
    public async Task SetsToLibrary_LabelsForAll_AreUsedByPlace()
    {
        const string answer = """{"terms":{"0":"GWAS","1":" MGI ","2":"HPO"},"descriptions":{"0":"","1":"from mice"}}""";

        var output = await ComponentRun.ResolveAsync("GenesetsToGMT", answer, ("genesets:0", Documents.Set("A", "A")), ("genesets:1", Documents.Set("é")), ("genesets:2", Documents.Set()));

        Assert.Equal("""{"GWAS":{"set":["A"]},"HPO":{"set":[]},"MGI":{"description":"from mice","set":["é"]}}""", output);
    }

    [Fact]
    public async Task SetsToLibrary_TwelveDrugSets_KeepLabelAndSetTogether()
    {
        var inputs = Enumerable.Range(0, 12).Select(i => ($"sets:{i}", Documents.Set($"drug{i}"))).ToArray();
        var labels = string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"{i}\":\"label{i}\""));

        var output = await ComponentRun.ResolveAsync("DrugSetsToDMT", $$$"""{"terms":{{{{labels}}}},"descriptions":{}}""", inputs);

        Assert.Contains("\"label10\":{\"set\":[\"drug10\"]}", output, StringComparison.Ordinal);
        Assert.Contains("\"label2\":{\"set\":[\"drug2\"]}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"terms":{"0":"a"},"descriptions":{}}""", "Sets: 2, labels: 1. Give each set its label and submit again.")]
    [InlineData("""{"terms":{"0":"a","2":"b"}}""", "Set 2 has no label: give it one and submit again.")]
    [InlineData("""{"terms":{"0":"a","1":" "}}""", "Set 2 has no label: give it one and submit again.")]
    [InlineData("""{"terms":{"0":"a","1":"a "}}""", "Two sets are labelled 'a': give each a label of its own.")]
    public async Task SetsToLibrary_WrongLabels_Fails(string answer, string message)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync("GenesetsToGMT", answer, ("genesets:0", Documents.Set("A")), ("genesets:1", Documents.Set("B"))));

        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("""{"set":["A","B","A"]}""", """{"Gene Set":{"set":["A","B"]}}""")]
    [InlineData("""{"description":" mine ","set":[]}""", """{"mine":{"set":[]}}""")]
    [InlineData("""{"description":"","set":["A"]}""", """{"Gene Set":{"set":["A"]}}""")]
    public async Task GenesetToGmt_OneSet_IsLabelledWithItsDescription(string geneset, string expected) =>
        Assert.Equal(expected, await ComponentRun.ResolveAsync("GenesetToGMT", null, ("geneset", geneset)));

    [Theory]
    [InlineData("GMTConcatenate", "gmts")]
    [InlineData("DMTConcatenate", "dmts")]
    public async Task Concatenation_EqualLabels_LosesNothing(string spec, string argument)
    {
        var run = new ComponentRun();

        var output = await run.RunAsync(
            spec,
            null,
            ($"{argument}:0", """{"a":{"set":["A"]},"same":{"description":"s","set":["S"]}}"""),
            ($"{argument}:1", """{"a":{"set":["B"]},"same":{"description":"s","set":["S"]}}"""),
            ($"{argument}:2", """{"a":{"description":"other","set":["A"]},"ö":{"set":[]}}"""));

        Assert.Equal("""{"a":{"set":["A"]},"a (2)":{"set":["B"]},"a (3)":{"description":"other","set":["A"]},"same":{"description":"s","set":["S"]},"ö":{"set":[]}}""", output);
        Assert.Equal(2, run.Warnings.Count());
        Assert.Contains("'a (2)'", run.Warnings.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concatenation_NumberedLabelTaken_TakesTheNext()
    {
        var output = await ComponentRun.ResolveAsync("GMTConcatenate", null, ("gmts:0", """{"a":{"set":["A"]},"a (2)":{"set":["B"]}}"""), ("gmts:1", """{"a":{"set":["C"]}}"""));

        Assert.Equal("""{"a":{"set":["A"]},"a (2)":{"set":["B"]},"a (3)":{"set":["C"]}}""", output);
    }

    [Fact]
    public async Task Concatenation_EmptyAndSingle_AreKept()
    {
        Assert.Equal("{}", await ComponentRun.ResolveAsync("GMTConcatenate", null, ("gmts:0", "{}"), ("gmts:1", "{}")));
        Assert.Equal("""{"a":{"set":["A"]}}""", await ComponentRun.ResolveAsync("GMTConcatenate", null, ("gmts:0", """{"a":{"set":["A"]}}""")));
    }

    [Fact]
    public void FreeLabels_OneLabelManyTimes_IsNumberedThrough()
    {
        var labels = new FreeLabels();

        var given = Enumerable.Range(0, Documents.Large).Select(_ => labels.Take("x")).ToList();

        Assert.Equal(["x", "x (2)", "x (3)"], given.Take(3));
        Assert.Equal("x (100000)", given[^1]);
    }

    [Fact]
    public void Library_OrderGiven_IsKept()
    {
        var library = new Library<Gene>([new("z", new Set<Gene>(["A"])), new("a", new Set<Gene>([]))]);

        Assert.Equal(["z", "a"], library.Sets.Keys);
    }
}
