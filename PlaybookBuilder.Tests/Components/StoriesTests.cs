using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components;

public sealed class StoriesTests
{
    [Theory]
    [InlineData("Input[Set[Gene]]", """{"description":"my genes","set":["A","B"]}""", "The workflow starts with a gene set: my genes.")]
    [InlineData("RankedToSet[Ranked[Gene]]", null, "The ranked genes were taken as a set.")]
    [InlineData("TermToSet[Term[Regulatory_Element]]", null, "A set of 1 regulatory element was made of EH38E2924876.")]
    [InlineData("OneScoredT[Scored[Gene]]", "\"TP53\"", "The gene TP53 was selected for further study.")]
    [InlineData("OneRankedT[Ranked[glycan]]", "\"G08146BT\"", "The glycan G08146BT was selected for further study.")]
    [InlineData("SomeSetT[Set[Gene]]", """{"TP53":true}""", "The genes were selected, all but 1.")]
    [InlineData("TopKRankedT[Ranked[Protein]]", """{"k":1}""", "The top 1 ranked proteins were selected.")]
    [InlineData("TopKScoredT[Scored[Variant]]", """{"k":5}""", "The top 5 scored variants were selected.")]
    [InlineData("SelectFromScored[Scored[Gene], up]", null, "Only the genes with a positive score were considered.")]
    [InlineData("SelectFromScored[Scored[Gene], down]", null, "Only the genes with a negative score were considered.")]
    [InlineData("SetFromScored[Scored[Metabolite]]", null, "The scored metabolites were taken as a set.")]
    [InlineData("MeanScoredT[Gene]", null, "The mean of the scores of each gene was taken.")]
    [InlineData("AbsMaxScoredT[Tissue]", null, "The score of the largest absolute value was taken for each tissue.")]
    [InlineData("GMTUnion", null, "The gene sets of the library were united.")]
    [InlineData("DMTIntersection", null, "The drug sets of the library were intersected.")]
    [InlineData("GMTConsensus", null, "The genes that stand in more than one of the library's sets were kept.")]
    [InlineData("DMTConcatenate", null, "The libraries of drug sets were joined to one.")]
    [InlineData("GenesetsToGMT", """{"terms":{"0":"mine"},"descriptions":{}}""", "A library was made of these gene sets: mine.")]
    [InlineData("GenesetToGMT", null, "The gene set was taken as a library.")]
    [InlineData("BarChartFrom[Scored[Drug]]", null, "The scored drugs were shown as a horizontal bar plot.")]
    [InlineData("BarplotFrom[Scored[Tissue]]", null, "The scored tissues were shown as a vertical bar plot.")]
    public async Task Story_AfterARunOnExamples_SaysWhatWasDoneAndToWhat(string spec, string? answer, string expected)
    {
        var type = TestCatalog.Instance.GetProcessType(spec);
        var inputs = type.BindInputs([.. type.Arguments.Select(argument => (ProcessInput.Parse(argument.IsMany ? $"{argument.Name}:0" : argument.Name, Guid.NewGuid()), argument.DataType.Description.Example!))]);
        var decoded = type.DecodeAnswer(answer is null ? null : Datum.OfJson(spec, answer));
        var output = await type.RunAsync(decoded, inputs, Progress.None, TestContext.Current.CancellationToken);

        var story = type.TellUntyped(decoded, inputs, output);

        Assert.Equal(expected, string.Concat(story.Abstract!.Parts));
        Assert.NotNull(story.Methods);
        Assert.All(type.Arguments, argument => Assert.Contains(Figure.Of(argument.Parameter), story.Methods.Parts));
        Assert.True(story.TableLegend is null ^ story.FigureLegend is null);
    }

    [Theory]
    [InlineData("GMTUnion")]
    [InlineData("DMTConsensus")]
    [InlineData("GMTConcatenate")]
    [InlineData("DrugSetsToDMT")]
    public void Story_OfLibraries_CitesTheFormat(string spec) => Assert.Contains(Literature.GmtFormat, ComponentRun.Tell(spec).Introduction!.Parts);

    [Theory]
    [InlineData("BarChartFrom[Scored[Gene]]")]
    [InlineData("BarplotFrom[Scored[Gene]]")]
    public void Story_OfPlots_CitesPlotly(string spec)
    {
        Assert.Contains(Literature.Plotly, ComponentRun.Tell(spec).Introduction!.Parts);
        Assert.Contains(Literature.Plotly, ComponentRun.Tell(spec).Methods!.Parts);
    }
}
