using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components.Inputs;

public sealed class InputsTests
{
    [Theory]
    [InlineData("Input[Gene]", "\" ACE2 \"", "\"ACE2\"")]
    [InlineData("Input[glycan]", "\"G17689DH\"", "\"G17689DH\"")]
    [InlineData("Input[GEO Accession]", "\"GSE301503\"", "\"GSE301503\"")]
    [InlineData("Input[Variant]", "\"chr10:g.3823823G>A\"", "\"chr10:g.3823823G>A\"")]
    public async Task TermInput_AnyTerm_IsGivenTrimmed(string spec, string answer, string expected) =>
        Assert.Equal(expected, await ComponentRun.ResolveAsync(spec, answer));

    [Fact]
    public async Task SetInput_BlanksAndRepeats_AreCleaned()
    {
        var output = await ComponentRun.ResolveAsync("Input[Set[Gene]]", """{"description":"","set":[" A","B ","","A","b","β-actin"]}""");

        Assert.Equal("""{"set":["A","B","b","β-actin"]}""", output);
    }

    [Fact]
    public async Task SetInput_Description_IsKept() =>
        Assert.Equal("""{"description":"mine","set":["A"]}""", await ComponentRun.ResolveAsync("Input[Set[Drug]]", """{"description":" mine ","set":["A"]}"""));

    [Theory]
    [InlineData("""{"set":[]}""")]
    [InlineData("""{"set":[" ",""]}""")]
    public async Task SetInput_NothingNamed_Fails(string answer)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync("Input[Set[Gene]]", answer));

        Assert.Equal("The set is empty: give at least one gene.", failure.Message);
    }

    [Fact]
    public async Task SetInput_Large_KeepsAllInOrder()
    {
        var output = await ComponentRun.ResolveAsync("Input[Set[Gene]]", Documents.Set(Documents.ManyTerms().Concat(Documents.ManyTerms())));

        Assert.Equal(Documents.ManyTerms(), Documents.MembersOf(output));
    }

    [Theory]
    [InlineData("""{"ranked":[]}""", """{"set":[]}""")]
    [InlineData("""{"ranked":["B"]}""", """{"set":["B"]}""")]
    [InlineData("""{"description":"d","ranked":["B","A","B","ä"]}""", """{"description":"d","set":["B","A","ä"]}""")]
    public async Task RankedToSet_Ranking_BecomesASet(string ranked, string expected) =>
        Assert.Equal(expected, await ComponentRun.ResolveAsync("RankedToSet[Ranked[Disease]]", null, ("ranked", ranked)));

    [Fact]
    public async Task TermToSet_TenTermsAndMore_StandInTheOrderOfTheirNumbers()
    {
        var inputs = Enumerable.Range(0, 12).Select(i => ($"terms:{i}", $"\"T{i}\"")).ToArray();

        var output = await ComponentRun.ResolveAsync("TermToSet[Term[Gene]]", null, inputs);

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"T{i}"), Documents.MembersOf(output));
    }

    [Fact]
    public async Task TermToSet_SameTermTwice_IsOneMember() =>
        Assert.Equal("""{"set":["A","B"]}""", await ComponentRun.ResolveAsync("TermToSet[Term[Drug]]", null, ("terms:0", "\"A\""), ("terms:1", "\"B\""), ("terms:2", "\"A\"")));

    [Fact]
    public void Stories_GivenTerms_NameThem()
    {
        Assert.Equal("The workflow starts with ACE2, a gene.", string.Concat(ComponentRun.Tell("Input[Gene]", "\"ACE2\"").Abstract!.Parts));
        Assert.Equal("The workflow starts with a GEO accession.", string.Concat(ComponentRun.Tell("Input[GEO Accession]").Abstract!.Parts));
        Assert.Equal("A set of 3 genes was made of A, B and C.", string.Concat(ComponentRun.Tell("TermToSet[Term[Gene]]", output: Documents.Set("A", "B", "C")).Abstract!.Parts));
        Assert.Equal("A set of 100,000 genes was made of G0, G1, G2, G3, G4 and 99,995 more.", string.Concat(ComponentRun.Tell("TermToSet[Term[Gene]]", output: Documents.Set(Documents.ManyTerms())).Abstract!.Parts));
    }
}
