using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Stories;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Stories;

public sealed class NarrativeWriterTests
{
    private static readonly Citation First = new("First work", "https://example.org/1");
    private static readonly Citation Second = new("Second work", "https://example.org/2");

    [Fact]
    public void Write_Citations_AreNumberedByFirstUse()
    {
        var narrative = Write(
            new Story { Abstract = $"One {Second}." },
            new Story { Abstract = $"Two {First} and again {Second}." });

        Assert.Equal([Second, First], narrative.References);
        Assert.Equal([2, 1], narrative.Steps[1].Abstract.OfType<StoryPart.Reference>().Select(reference => reference.Number));
    }

    [Fact]
    public void Write_Legends_NumberFiguresAndTablesApart()
    {
        var narrative = Write(
            new Story { TableLegend = "A table." },
            new Story { FigureLegend = "A figure." },
            new Story { TableLegend = "Another table." });

        Assert.Equal(["Table 1", "Figure 1", "Table 2"], narrative.Steps.Select(step => step.Figure!.Label));
    }

    [Fact]
    public void Write_AMentionOfAnInput_NamesItsTable()
    {
        var narrative = Write(new Story { TableLegend = "A set." }, new Story { Abstract = $"Made of {Figure.Of("Geneset")}." });

        Assert.Equal("Table 1", Assert.Single(narrative.Steps[1].Abstract.OfType<StoryPart.FigureMention>()).Figure.Label);
    }

    [Fact]
    public void Write_AMentionOfAnInputWithoutALegend_NamesItsType()
    {
        var narrative = Write(Story.Untold, new Story { Abstract = $"Made of {Figure.Of("Geneset")}." });

        Assert.Contains(new StoryPart.Words("the gene set"), narrative.Steps[1].Abstract);
        Assert.Null(narrative.Steps[0].Figure);
    }

    private static Narrative Write(params Story[] stories)
    {
        Process set = new("Input[Set[Gene]]", Datum.OfJson("Input[Set[Gene]]", """{"set":["ACE2"]}"""));
        Process library = new("GenesetToGMT", inputs: [ProcessInput.Parse("geneset", set.Id)]);
        Process union = new("GMTUnion", inputs: [ProcessInput.Parse("gmt", library.Id)]);
        var playbook = new[] { set, library, union }.Take(stories.Length).Aggregate(Playbook.Empty, (steps, process) => steps.Extend(process));
        return NarrativeWriter.Write(playbook, [.. playbook.Steps.Select(step => TestCatalog.Instance.FindProcessType(step.Process.Type))], stories);
    }
}
