using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Filters;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components.Filters;

public sealed class SelectionTests
{
    private const string Top = "TopKScoredT[Scored[Gene]]";

    public static TheoryData<string, string, string> OneOfFamilies => new()
    {
        { "OneScoredT[Scored[Gene]]", "scored", Documents.Scored(("A", 1), ("β", "nan"), ("A", 2)) },
        { "OneRankedT[Ranked[Gene]]", "ranked", Documents.Ranked("A", "β", "A") },
        { "OneSetT[Set[Gene]]", "set", Documents.Set("A", "β", "A") },
    };

    [Theory]
    [MemberData(nameof(OneOfFamilies))]
    public async Task OneOf_TermOfTheInput_IsGiven(string spec, string argument, string input)
    {
        Assert.Equal("\"β\"", await ComponentRun.ResolveAsync(spec, "\"β\"", (argument, input)));
        Assert.Equal("\"A\"", await ComponentRun.ResolveAsync(spec, "\"A\"", (argument, input)));
    }

    [Theory]
    [MemberData(nameof(OneOfFamilies))]
    public async Task OneOf_TermThatIsNotThere_Fails(string spec, string argument, string input)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(spec, "\"a\"", (argument, input)));

        Assert.Equal("'a' is not among the 3 genes of the input: select one that is.", failure.Message);
    }

    [Theory]
    [InlineData("OneScoredT[Scored[Gene]]", "scored", "[]")]
    [InlineData("OneRankedT[Ranked[Gene]]", "ranked", """{"ranked":[]}""")]
    [InlineData("OneSetT[Set[Gene]]", "set", """{"set":[]}""")]
    public async Task OneOf_EmptyInput_Fails(string spec, string argument, string input)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(spec, "\"A\"", (argument, input)));

        Assert.Equal("The input holds no genes, so none can be selected.", failure.Message);
    }

    [Fact]
    public async Task OneOf_LargeInput_FindsTheLast() =>
        Assert.Equal("\"G99999\"", await ComponentRun.ResolveAsync("OneSetT[Set[Gene]]", "\"G99999\"", ("set", Documents.Set(Documents.ManyTerms()))));

    [Fact]
    public async Task TopKScored_UnsortedInput_IsSortedBeforeItIsCut()
    {
        var output = await ComponentRun.ResolveAsync(Top, """{"k":3}""", ("scored", Documents.Scored(("A", -9), ("B", 2), ("C", 5), ("D", "nan"), ("E", "inf"))));

        Assert.Equal("""[{"term":"E","zscore":"inf"},{"term":"C","zscore":5},{"term":"B","zscore":2}]""", output);
    }

    [Fact]
    public async Task TopKScored_TiesAndNaN_StayInOrderWithNaNLast()
    {
        var output = await ComponentRun.ResolveAsync(Top, """{"k":100}""", ("scored", Documents.Scored(("n", "nan"), ("b", 1), ("a", 1), ("m", "nan"), ("b", 1), ("low", "-inf"))));

        Assert.Equal(["b", "a", "b", "low", "n", "m"], Documents.TermsOf(output));
    }

    [Fact]
    public async Task TopKScored_EmptyAndLarge_Work()
    {
        Assert.Equal("[]", await ComponentRun.ResolveAsync(Top, """{"k":10}""", ("scored", "[]")));

        var output = await ComponentRun.ResolveAsync(Top, """{"k":2}""", ("scored", Documents.Scored(Documents.ManyTerms().Select((term, i) => (term, (object)i)))));
        Assert.Equal(["G99999", "G99998"], Documents.TermsOf(output));
    }

    [Theory]
    [InlineData(Top, "scored", "[]", 0)]
    [InlineData("TopKRankedT[Ranked[Gene]]", "ranked", """{"ranked":["A"]}""", -3)]
    public async Task TopK_LessThanOne_Fails(string spec, string argument, string input, int k)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(spec, $$"""{"k":{{k}}}""", (argument, input)));

        Assert.Equal($"At least 1 has to be kept, not {k}: choose a larger number.", failure.Message);
    }

    [Fact]
    public void TopK_NoAnswer_IsTen()
    {
        Assert.Equal(10, new TopKScored<Gene>().DefaultAnswer.K);
        Assert.Equal(10, new TopKRanked<Gene>().DefaultAnswer.K);
    }

    [Theory]
    [InlineData("""{"ranked":[]}""", """{"ranked":[]}""")]
    [InlineData("""{"ranked":["c","b","a"]}""", """{"ranked":["c","b"]}""")]
    [InlineData("""{"description":"","ranked":["c"]}""", """{"ranked":["c"]}""")]
    [InlineData("""{"description":"tissues","ranked":["c","c","a"]}""", """{"description":"Top 2 tissues","ranked":["c","c"]}""")]
    public async Task TopKRanked_Ranking_IsCutInItsOrder(string ranked, string expected) =>
        Assert.Equal(expected, await ComponentRun.ResolveAsync("TopKRankedT[Ranked[Tissue]]", """{"k":2}""", ("ranked", ranked)));

    [Theory]
    [InlineData("{}", """{"description":"Filtered mine","set":["A","B","é"]}""")]
    [InlineData("""{"A":true,"é":true}""", """{"description":"Filtered mine","set":["B"]}""")]
    [InlineData("""{"A":false,"B":true}""", """{"description":"Filtered mine","set":["A","é"]}""")]
    [InlineData("""{"A":true,"B":true,"é":true}""", """{"description":"Filtered mine","set":[]}""")]
    public async Task SomeSet_RemovedTerms_AreGone(string answer, string expected) =>
        Assert.Equal(expected, await ComponentRun.ResolveAsync("SomeSetT[Set[Gene]]", answer, ("set", """{"description":"mine","set":["A","B","A","é"]}""")));

    [Fact]
    public async Task SomeSet_Undescribed_StaysUndescribed() =>
        Assert.Equal("""{"set":["B"]}""", await ComponentRun.ResolveAsync("SomeSetT[Set[Gene]]", """{"A":true}""", ("set", Documents.Set("A", "B"))));

    [Fact]
    public async Task SomeSet_TermThatIsNotThere_Fails()
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync("SomeSetT[Set[Drug]]", """{"X":true,"Y":true}""", ("set", Documents.Set("A"))));

        Assert.Equal("The set does not hold X and Y: select again which drugs to keep.", failure.Message);
    }

    [Fact]
    public async Task SomeSet_Large_IsFiltered()
    {
        var removed = System.Text.Json.JsonSerializer.Serialize(Documents.ManyTerms().Skip(1).ToDictionary(term => term, _ => true));

        var output = await ComponentRun.ResolveAsync("SomeSetT[Set[Gene]]", removed, ("set", Documents.Set(Documents.ManyTerms())));

        Assert.Equal(["G0"], Documents.MembersOf(output));
    }
}
