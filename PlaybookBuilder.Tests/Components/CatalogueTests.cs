using System.Reflection;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components;

/// <summary>What holds for every component of the catalogue.</summary>
public sealed class CatalogueTests
{
    private static readonly ComponentCatalog Catalog = TestCatalog.Instance;

    private static readonly string[] Rankable = ["Disease", "Drug", "Gene", "Metabolite", "Pathway", "Phenotype", "Protein", "Regulatory_Element", "Tissue", "Variant", "glycan"];
    private static readonly string[] Collectable = [.. Rankable, "PMC Accession"];
    private static readonly string[] All = [.. Collectable, "GEO Accession"];

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["glycan"] = "Glycan", ["Pathway"] = "Pathway or Biological Process", ["Regulatory_Element"] = "Regulatory Element",
    };

    public static TheoryData<string> ProcessSpecs => [.. Catalog.ProcessTypes.Select(type => type.Spec)];

    public static TheoryData<string> DataSpecs => [.. Catalog.DataTypes.Select(type => type.Spec)];

    [Fact]
    public void DataTypes_OfTheFamilies_AreAllThere()
    {
        string[] expected =
        [
            .. All.Select(name => $"Term[{name}]"), .. Collectable.Select(name => $"Set[{name}]"), .. Rankable.Select(name => $"Ranked[{name}]"), .. Rankable.Select(name => $"Scored[{name}]"),
            "GMT", "DMT", "PlotlyPlot", "FileURL", "Error",
        ];

        Assert.Empty(expected.Except(Catalog.DataTypes.Select(type => type.Spec)));
    }

    [Fact]
    public void ProcessTypes_OfTheFamilies_AreAllThere()
    {
        string[] expected =
        [
            .. All.Select(name => $"Input[{name}]"), .. Collectable.Select(name => $"Input[Set[{name}]]"),
            .. Rankable.Select(name => $"RankedToSet[Ranked[{name}]]"), .. Collectable.Select(name => $"TermToSet[Term[{name}]]"),
            .. Rankable.Select(name => $"OneRankedT[Ranked[{name}]]"), .. Rankable.Select(name => $"OneScoredT[Scored[{name}]]"), .. Collectable.Select(name => $"OneSetT[Set[{name}]]"),
            .. Collectable.Select(name => $"SomeSetT[Set[{name}]]"), .. Rankable.Select(name => $"TopKRankedT[Ranked[{name}]]"), .. Rankable.Select(name => $"TopKScoredT[Scored[{name}]]"),
            .. Rankable.Select(name => $"AbsMaxScoredT[{Labels.GetValueOrDefault(name, name)}]"), .. Rankable.Select(name => $"MeanScoredT[{Labels.GetValueOrDefault(name, name)}]"),
            .. Rankable.Select(name => $"SelectFromScored[Scored[{name}], up]"), .. Rankable.Select(name => $"SelectFromScored[Scored[{name}], down]"), .. Rankable.Select(name => $"SetFromScored[Scored[{name}]]"),
            .. Rankable.Select(name => $"BarChartFrom[Scored[{name}]]"), .. Rankable.Select(name => $"BarplotFrom[Scored[{name}]]"),
            "GMTUnion", "GMTIntersection", "GMTConsensus", "GMTConcatenate", "GenesetsToGMT", "GenesetToGMT", "DMTUnion", "DMTIntersection", "DMTConsensus", "DMTConcatenate", "DrugSetsToDMT",
        ];

        Assert.Empty(expected.Except(Catalog.ProcessTypes.Select(type => type.Spec)));
    }

    [Fact]
    public void Specs_OfDataAndProcessTypes_AreUnique()
    {
        Assert.Distinct(Catalog.ProcessTypes.Select(type => type.Spec));
        Assert.Distinct(Catalog.DataTypes.Select(type => type.Spec));
    }

    [Theory]
    [InlineData("RankedToSet[Ranked[Gene]]", "ranked")]
    [InlineData("TermToSet[Term[Gene]]", "terms*")]
    [InlineData("TopKScoredT[Scored[Gene]]", "scored")]
    [InlineData("MeanScoredT[Gene]", "scored*")]
    [InlineData("SomeSetT[Set[Gene]]", "set")]
    [InlineData("GMTUnion", "gmt")]
    [InlineData("DMTUnion", "dmt")]
    [InlineData("GMTConcatenate", "gmts*")]
    [InlineData("DMTConcatenate", "dmts*")]
    [InlineData("GenesetsToGMT", "genesets*")]
    [InlineData("DrugSetsToDMT", "sets*")]
    [InlineData("GenesetToGMT", "geneset")]
    [InlineData("BarChartFrom[Scored[Gene]]", "terms")]
    [InlineData("Input[Gene]", "")]
    public void Arguments_OfAProcessType_AreCalledAsInDocuments(string spec, string expected)
    {
        var arguments = Catalog.GetProcessType(spec).Arguments;

        Assert.Equal(expected, string.Join(',', arguments.Select(argument => argument.Name + (argument.IsMany ? "*" : ""))));
    }

    [Theory]
    [MemberData(nameof(ProcessSpecs))]
    public void ProcessType_OfTheCatalogue_DescribesItself(string spec)
    {
        var description = Catalog.GetProcessType(spec).Description;

        Assert.NotEmpty(description.Label.Trim());
        Assert.Matches("^[A-Z].*[^.]$", description.Text);
    }

    [Theory]
    [MemberData(nameof(ProcessSpecs))]
    public void Story_OfNothingYet_IsToldAndNamesOnlyItsInputs(string spec)
    {
        var type = Catalog.GetProcessType(spec);

        var story = type.TellUntyped(null, null, null);

        Assert.NotNull(story.Abstract);
        AssertWellWritten(type, story);
    }

    [Theory]
    [MemberData(nameof(DataSpecs))]
    public void DataType_OfTheCatalogue_RoundTripsItsExample(string spec)
    {
        var type = Catalog.FindDataType(spec)!;
        Assert.Matches("^[A-Z].*[^.]$", type.Description.Text);
        if (type.Description.Example is not { } example) return;

        var encoded = type.Encode(example);

        Assert.Equal(encoded.Value, type.Encode(type.Decode(encoded)).Value);
    }

    [Fact]
    public void Schemas_OfAllTypes_AreObjectsThatSayAType()
    {
        var types = Catalog.DataTypes.Select(type => type.ClrType).Concat(Catalog.ProcessTypes.Where(type => type.IsPrompt).Select(type => type.AnswerType!)).Distinct();

        Assert.All(types, type => Assert.NotNull(DataCodec.SchemaOf(type)["type"]));
    }

    [Fact]
    public void Taking_ScoredGenes_OffersFiltersAndPlots()
    {
        var offered = Catalog.Taking("Scored[Gene]").Select(type => type.Spec).ToArray();

        Assert.Contains("TopKScoredT[Scored[Gene]]", offered);
        Assert.Contains("MeanScoredT[Gene]", offered);
        Assert.Contains("BarChartFrom[Scored[Gene]]", offered);
        Assert.DoesNotContain("TopKScoredT[Scored[Drug]]", offered);
    }

    [Fact]
    public void PublishedPlaybooks_StepsOfTheFamilies_FitTheirTypes()
    {
        var path = SharedData.Find("pwb_playbooks.json");
        if (path is null) Assert.Skip("The published playbooks are not here.");

        var steps = PublishedSteps.Read(path, Catalog).ToArray();

        Assert.NotEmpty(steps);
        Assert.All(steps, AssertFits);
    }

    private static void AssertFits(PublishedSteps.Step step)
    {
        var type = Catalog.GetProcessType(step.Spec);
        if (step.Data is { } data) Assert.Null(type.ProblemOfAnswer(type.DecodeAnswer(Datum.OfJson(type.Spec, data))!));
        Assert.All(step.Inputs, input => Assert.Contains(type.Arguments, argument => argument.Name == ProcessInput.Parse(input, Guid.Empty).Argument));
    }

    // A conditional with interpolated branches is text before it becomes a story: a figure or citation in it would be printed as a record.
    private static void AssertWellWritten(ProcessType type, Story story)
    {
        var parameters = type.Arguments.Select(argument => argument.Parameter).ToHashSet();
        var texts = typeof(Story).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.GetValue(story)).OfType<StoryText>();
        foreach (var part in texts.SelectMany(text => text.Parts))
        {
            if (part is Figure figure) Assert.Contains(figure.Parameter, parameters);
            if (part is string text) Assert.DoesNotContain("{ ", text, StringComparison.Ordinal);
        }
    }
}
