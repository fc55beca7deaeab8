using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components.Filters;

public sealed class ScoresTests
{
    private const string Up = "SelectFromScored[Scored[Gene], up]";
    private const string Down = "SelectFromScored[Scored[Gene], down]";
    private const string Mean = "MeanScoredT[Gene]";
    private const string AbsMax = "AbsMaxScoredT[Gene]";

    private static readonly string Mixed = Documents.Scored(("z", 0), ("a", 1), ("n", "nan"), ("d", -3), ("i", "inf"), ("j", "-inf"), ("b", 1), ("é", 2.5), ("d", -1));

    [Fact]
    public async Task UpScored_MixedScores_KeepsPositiveFromHighest() =>
        Assert.Equal("""[{"term":"i","zscore":"inf"},{"term":"é","zscore":2.5},{"term":"a","zscore":1},{"term":"b","zscore":1}]""", await ComponentRun.ResolveAsync(Up, null, ("scored", Mixed)));

    [Fact]
    public async Task DownScored_MixedScores_KeepsNegativeWithTheSignTurned() =>
        Assert.Equal("""[{"term":"j","zscore":"inf"},{"term":"d","zscore":3},{"term":"d","zscore":1}]""", await ComponentRun.ResolveAsync(Down, null, ("scored", Mixed)));

    [Theory]
    [InlineData(Up, "scored")]
    [InlineData(Down, "scored")]
    [InlineData(Mean, "scored:0")]
    [InlineData(AbsMax, "scored:0")]
    public async Task Scores_EmptyInput_GiveNone(string spec, string key) =>
        Assert.Equal("[]", await ComponentRun.ResolveAsync(spec, null, (key, "[]")));

    [Fact]
    public async Task SetFromScored_AnyScores_GivesEachTermOnce()
    {
        Assert.Equal("""{"set":["z","a","n","d","i","j","b","é"]}""", await ComponentRun.ResolveAsync("SetFromScored[Scored[Gene]]", null, ("scored", Mixed)));
        Assert.Equal("""{"set":[]}""", await ComponentRun.ResolveAsync("SetFromScored[Scored[Gene]]", null, ("scored", "[]")));
    }

    [Theory]
    [InlineData(Up, 99_999)]
    [InlineData(Down, 0)]
    [InlineData("SetFromScored[Scored[Gene]]", 100_000)]
    public async Task Scores_Large_AreAllThere(string spec, int expected)
    {
        var output = await ComponentRun.ResolveAsync(spec, null, ("scored", Documents.Scored(Documents.ManyTerms().Select((term, i) => (term, (object)i)))));

        Assert.Equal(expected, output.StartsWith('[') ? Documents.TermsOf(output).Length : Documents.MembersOf(output).Length);
    }

    [Fact]
    public async Task MeanScored_TermThatOneInputLacks_IsNotPulledToZero()
    {
        var output = await ComponentRun.ResolveAsync(Mean, null, ("scored:0", Documents.Scored(("A", 1), ("B", 4))), ("scored:1", Documents.Scored(("A", 2), ("C", -1))));

        Assert.Equal("""[{"term":"B","zscore":4},{"term":"A","zscore":1.5},{"term":"C","zscore":-1}]""", output);
    }

    [Fact]
    public async Task MeanScored_NonFiniteScores_AreNotCountedAndTermsWithNoOtherAreNamedInAWarning()
    {
        var run = new ComponentRun();

        var output = await run.RunAsync(Mean, null, ("scored:0", Documents.Scored(("A", 1), ("A", 3), ("B", "nan"))), ("scored:1", Documents.Scored(("A", "inf"), ("B", "nan"), ("C", "-inf"))));

        Assert.Equal("""[{"term":"A","zscore":2}]""", output);
        Assert.Equal(["2 genes without a usable score left out."], run.Warnings);
    }

    [Fact]
    public async Task AbsMaxScored_NegativeFarthest_KeepsItsSign()
    {
        var output = await ComponentRun.ResolveAsync(
            AbsMax,
            null,
            ("scored:0", Documents.Scored(("A", -5), ("B", 3), ("T", -5))),
            ("scored:1", Documents.Scored(("A", 1), ("B", -4), ("T", 5))),
            ("scored:2", Documents.Scored(("B", 2))));

        Assert.Equal("""[{"term":"T","zscore":5},{"term":"B","zscore":-4},{"term":"A","zscore":-5}]""", output);
    }

    [Fact]
    public async Task AbsMaxScored_InfiniteAndNaN_InfiniteWinsAndNaNDoesNotCount()
    {
        var run = new ComponentRun();

        var output = await run.RunAsync(AbsMax, null, ("scored:0", Documents.Scored(("A", "-inf"), ("B", "nan"), ("C", "nan"))), ("scored:1", Documents.Scored(("A", 7), ("B", -2))));

        Assert.Equal("""[{"term":"B","zscore":-2},{"term":"A","zscore":"-inf"}]""", output);
        Assert.Equal(["1 gene without a usable score left out."], run.Warnings);
    }

    [Theory]
    [InlineData(Mean)]
    [InlineData(AbsMax)]
    public async Task Combinations_EqualScores_StayInOrderOfFirstAppearance(string spec)
    {
        var output = await ComponentRun.ResolveAsync(spec, null, ("scored:0", Documents.Scored(("b", 1), ("a", 1))), ("scored:1", Documents.Scored(("c", 1), ("a", 1))));

        Assert.Equal(["b", "a", "c"], Documents.TermsOf(output));
    }

    [Theory]
    [InlineData(Mean)]
    [InlineData(AbsMax)]
    public async Task Combinations_LargeInputs_GiveEveryTermOnce(string spec)
    {
        var scored = Documents.Scored(Documents.ManyTerms().Select((term, i) => (term, (object)i)));

        var output = await ComponentRun.ResolveAsync(spec, null, ("scored:0", scored), ("scored:1", scored));

        Assert.Equal(Documents.ManyTerms().Reverse(), Documents.TermsOf(output));
    }

    [Fact]
    public async Task Combinations_LabelWithBlanks_AreFoundByLabel() =>
        Assert.Equal("""[{"term":"apoptosis","zscore":1}]""", await ComponentRun.ResolveAsync("MeanScoredT[Pathway or Biological Process]", null, ("scored:0", Documents.Scored(("apoptosis", 1)))));
}
