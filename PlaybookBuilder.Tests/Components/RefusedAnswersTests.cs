using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components;

/// <summary>What the forms of prompts refuse is refused whatever brings it, before it is kept.</summary>
public sealed class RefusedAnswersTests
{
    [Theory]
    [InlineData("Input[Set[Gene]]", """{"set":[]}""", "The set is empty: give at least one gene.")]
    [InlineData("Input[Set[Gene]]", """{"set":[" ",""],"description":"Nothing"}""", "The set is empty: give at least one gene.")]
    [InlineData("GenesetsToGMT", """{"terms":{"0":"a","1":"a "}}""", "Two sets are labelled 'a': give each a label of its own.")]
    [InlineData("GenesetsToGMT", """{"terms":{"0":"a","1":""}}""", "Set 2 has no label: give it one and submit again.")]
    public void Check_AnAnswerThatItsFormRefuses_IsRefused(string spec, string answer, string problem)
    {
        var playbook = Playbook.Empty.Extend(new Process(spec, Datum.OfJson(spec, answer)));

        var refusal = Assert.Throws<WorkflowException>(() => TestCatalog.Instance.CheckKnownSteps(playbook, 0));

        Assert.Equal(($"workflow[0].data: {problem}", "workflow[0].data"), (refusal.Message, refusal.Path));
    }

    [Fact]
    public void Check_ARepeatedName_IsTaken() =>
        TestCatalog.Instance.CheckKnownSteps(Playbook.Empty.Extend(new Process("Input[Set[Gene]]", Datum.OfJson("Set[Gene]", """{"set":["A"," A",""]}"""))), 0);
}
