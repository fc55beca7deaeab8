using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Catalog;

public sealed class ProcessCheckTests
{
    private static readonly Process Gene = new("Input[Gene]");
    private static readonly Process Drug = new("Input[Drug]");
    private static readonly Process Unknown = new("Elsewhere[Gene]");

    [Fact]
    public void CheckStep_FittingSteps_Pass()
    {
        Check(new("Input[Gene]", Datum.OfJson("Term[Gene]", "\"ACE2\"")));
        Check(Gene);
        Check(Of("TermToSet[Term[Gene]]", ("terms:0", Gene)), Gene);
    }

    [Fact]
    public void CheckStep_InputOfAnUnavailableType_IsNotChecked() => Check(Of("TermToSet[Term[Gene]]", ("terms:0", Unknown)), Unknown);

    [Fact]
    public void CheckStep_UnknownType_IsRefused() => AssertRefused("type: There is no component 'Elsewhere[Gene]'.", Unknown);

    [Fact]
    public void CheckStep_AnswerToAResolver_IsRefused() =>
        AssertRefused("data: TermToSet[Term[Gene]] asks nothing, so it takes no data.", new("TermToSet[Term[Gene]]", Datum.OfJson("x", "1"), [ProcessInput.Parse("terms:0", Gene.Id)]), Gene);

    [Fact]
    public void CheckStep_AnswerThatDoesNotFit_IsRefused() =>
        AssertRefused("data: This does not fit Gene Input, at $: expected text, found the number 1.", new("Input[Gene]", Datum.OfJson("Input[Gene]", "1")));

    [Fact]
    public void CheckStep_MissingInput_IsRefused() => AssertRefused("inputs.gmt: GMTUnion lacks its input 'gmt' (GMT).", new("GMTUnion"));

    [Fact]
    public void CheckStep_UnknownInput_IsRefused() => AssertRefused("inputs.gene: Input[Gene] has no input 'gene'.", Of("Input[Gene]", ("gene", Gene)), Gene);

    [Fact]
    public void CheckStep_ListForOne_IsRefused() => AssertRefused("inputs.ranked: RankedToSet[Ranked[Gene]] takes one 'ranked', not a list.", Of("RankedToSet[Ranked[Gene]]", ("ranked:0", Gene)), Gene);

    [Fact]
    public void CheckStep_OneForAList_IsRefused() =>
        AssertRefused("inputs.terms: TermToSet[Term[Gene]] takes a list of 'terms': name them terms:0, terms:1 and so on.", Of("TermToSet[Term[Gene]]", ("terms", Gene)), Gene);

    [Fact]
    public void CheckStep_InputOfAnotherType_IsRefused() =>
        AssertRefused("inputs.terms:1: The input 'terms:1' of TermToSet[Term[Gene]] takes Term[Gene], not Term[Drug].", Of("TermToSet[Term[Gene]]", ("terms:0", Gene), ("terms:1", Drug)), Gene, Drug);

    private static Process Of(string spec, params (string Key, Process Source)[] inputs) =>
        new(spec, inputs: inputs.Select(input => ProcessInput.Parse(input.Key, input.Source.Id)));

    private static void AssertRefused(string message, Process process, params Process[] sources) =>
        Assert.Equal(message, Assert.Throws<WorkflowException>(() => Check(process, sources)).Message);

    private static void Check(Process process, params Process[] sources)
    {
        var playbook = sources.Append(process).Aggregate(Playbook.Empty, (steps, next) => steps.Extend(next));

        TestCatalog.Instance.CheckStep(playbook, playbook.Steps.Length - 1);
    }
}
