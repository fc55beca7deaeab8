using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Catalog;

public sealed class NextStepsTests
{
    private static readonly Process FirstSet = Set("ACE2");
    private static readonly Process SecondSet = Set("TP53");
    private static readonly Process ThirdSet = Set("MYC");

    [Fact]
    public void Of_NothingSelected_OffersWhatTakesNothing()
    {
        var offered = NextSteps.Of(TestCatalog.Instance, Playbook.Empty, []);

        Assert.NotEmpty(offered);
        Assert.All(offered, step => Assert.Empty(step.Type.Arguments));
        Assert.DoesNotContain(offered, step => step.Type.Description.Hidden);
    }

    [Fact]
    public void Of_OneSet_OffersWhatTakesItAndSaysWhatListsLack()
    {
        var offered = NextSteps.Of(TestCatalog.Instance, Of(FirstSet), [0]);

        Assert.True(Find(offered, "GenesetToGMT").IsSatisfiable);
        Assert.Equal(["Multiple Gene Set inputs required"], Find(offered, "GenesetsToGMT").Lacks);
        Assert.DoesNotContain(offered, step => step.Type.Spec == "GMTUnion");
    }

    [Fact]
    public void Of_TwoLooseSets_BindsBothInTheirOrder()
    {
        var step = Find(NextSteps.Of(TestCatalog.Instance, Of(FirstSet, SecondSet), [1]), "GenesetsToGMT");

        Assert.True(step.IsSatisfiable);
        Assert.Equal([FirstSet.Id, SecondSet.Id], step.Inputs.Select(input => input.ProcessId));
        Assert.Equal([0, 1], step.Inputs.Select(input => input.Position));
    }

    [Fact]
    public void Of_TwoOfThreeSelected_BindsOnlyThose()
    {
        var offered = NextSteps.Of(TestCatalog.Instance, Of(FirstSet, SecondSet, ThirdSet), [2, 0]);

        Assert.Equal([FirstSet.Id, ThirdSet.Id], Find(offered, "GenesetsToGMT").Inputs.Select(input => input.ProcessId));
        Assert.All(offered, step => Assert.Contains(step.Type.Arguments, argument => argument.IsMany));
    }

    [Fact]
    public void Of_AStepThatSomethingStandsOn_IsStillOfferedAlone()
    {
        var library = new Process("GenesetToGMT", inputs: [ProcessInput.Parse("geneset", FirstSet.Id)]);

        var step = Find(NextSteps.Of(TestCatalog.Instance, Of(FirstSet, library), [0]), "GenesetToGMT");

        Assert.Equal(FirstSet.Id, Assert.Single(step.Inputs).ProcessId);
    }

    [Fact]
    public void Of_AnUnavailableStep_OffersNothing() =>
        Assert.Empty(NextSteps.Of(TestCatalog.Instance, Of(new Process("Elsewhere")), [0]));

    [Fact]
    public void Of_EverythingSatisfiable_CanBeAdded()
    {
        var playbook = Of(FirstSet, SecondSet);

        foreach (var step in NextSteps.Of(TestCatalog.Instance, playbook, [1]).Where(step => step.IsSatisfiable))
        {
            var extended = playbook.Extend(step.ToProcess());
            TestCatalog.Instance.CheckStep(extended, 2);
        }
    }

    [Fact]
    public void Order_AQuery_KeepsWhatMatchesBestFirst()
    {
        var offered = NextSteps.Of(TestCatalog.Instance, Playbook.Empty, []);

        Assert.Equal("Input[Set[Drug]]", ComponentSearch.Order(offered, "drug set")[0].Type.Spec);
        Assert.Equal(offered.Count, ComponentSearch.Order(offered, " ").Count);
        Assert.Empty(ComponentSearch.Order(offered, "xyzzyq"));
    }

    [Fact]
    public void Facets_Chosen_CountWhatTheOtherGroupsLeave()
    {
        var types = NextSteps.Of(TestCatalog.Instance, Playbook.Empty, []).Select(step => step.Type).ToArray();
        var sets = new HashSet<Tag> { new(TagGroups.OutputCardinality, "Set") };

        var facets = Facets.Of(types, sets);

        var gene = facets.Single(facet => facet.Group == TagGroups.OutputType).Values.Single(value => value.Tag.Value == "Gene");
        Assert.True(gene.Matching < gene.Total);
        var cardinalities = facets.Single(facet => facet.Group == TagGroups.OutputCardinality).Values;
        Assert.All(cardinalities, value => Assert.Equal(value.Total, value.Matching));
        Assert.True(cardinalities.Single(value => value.Tag.Value == "Set").IsChosen);
        Assert.All(types.Where(type => Facets.Matches(type, sets)), type => Assert.Equal("Set", type.Output.Description.Cardinality));
    }

    private static NextStep Find(IEnumerable<NextStep> steps, string spec) => steps.Single(step => step.Type.Spec == spec);

    private static Playbook Of(params Process[] processes) => processes.Aggregate(Playbook.Empty, (playbook, process) => playbook.Extend(process));

    private static Process Set(string gene) => new("Input[Set[Gene]]", Datum.OfJson("Input[Set[Gene]]", $$"""{"set":["{{gene}}"]}"""));
}
