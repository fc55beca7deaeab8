using Bunit;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class ChoiceFormTests : PromptTestContext
{
    private const string TopK = "TopKScoredT[Scored[Gene]]";
    private const string One = "OneScoredT[Scored[Gene]]";
    private const string Some = "SomeSetT[Set[Gene]]";

    private static readonly Scored<Gene> Scored = new([new("TP53", 2), new("MYC", double.NaN), new("größe", -1)]);

    [Fact]
    public async Task TopK_Button_SubmitsAtOnce()
    {
        var view = RenderPrompt(TopK, inputs: Bind(TopK, Scored));

        await Button(view, "Top 50").ClickAsync();

        Assert.Equal(["""{"k":50}"""], Submitted);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("")]
    public async Task TopK_NoSuchNumber_SaysWhatMayStandThere(string count)
    {
        var view = RenderPrompt(TopK);

        view.Find("input[type=number]").Input(count);
        await SubmitAsync(view);

        Assert.Empty(Submitted);
        Assert.Contains("whole number", view.Find(".pb-validation").TextContent);
    }

    [Fact]
    public async Task TopK_WithoutInputs_CanBeAnswered()
    {
        var view = RenderPrompt(TopK, """{"k":7}""");

        await SubmitAsync(view);

        Assert.Equal(["""{"k":7}"""], Submitted);
    }

    [Fact]
    public async Task PickOne_Row_IsSubmitted()
    {
        var view = RenderPrompt(One, inputs: Bind(One, Scored));

        view.Find("input[type=radio][value=größe]").Change("größe");
        await SubmitAsync(view);

        Assert.Equal(["\"größe\""], Submitted);
    }

    [Fact]
    public async Task PickOne_Nothing_AsksForARow()
    {
        var view = RenderPrompt(One, inputs: Bind(One, Scored));

        await SubmitAsync(view);

        Assert.Contains("Choose one row.", view.Markup);
        Assert.Empty(Submitted);
    }

    [Fact]
    public void PickOne_WithoutInputs_Waits()
    {
        var view = RenderPrompt(One);

        Assert.Contains("Waiting for input", view.Markup);
        Assert.Empty(view.FindAll("button[type=submit]"));
    }

    [Fact]
    public void PickOne_EmptyInput_ShowsNoRows() => Assert.Contains("There are no rows.", RenderPrompt(One, inputs: Bind(One, new Scored<Gene>([]))).Markup);

    [Fact]
    public void PickOne_HundredThousandRows_OnlySomeAreInThePage()
    {
        var view = RenderPrompt(One, inputs: Bind(One, new Scored<Gene>([.. Enumerable.Range(0, 100_000).Select(i => new ScoredTerm($"G{i}", i))])));

        Assert.InRange(view.FindAll("input[type=radio]").Count, 1, 1000);
    }

    [Fact]
    public async Task PickSome_Unchecked_AreTheAnswer()
    {
        var view = RenderPrompt(Some, inputs: Bind(Some, new Set<Gene>(["TP53", "MYC", "TP53"])));

        view.Find("input[name='keep:MYC']").Change(false);
        await SubmitAsync(view);

        Assert.Equal(["""{"MYC":true}"""], Submitted);
    }

    [Fact]
    public async Task PickSome_None_AsksForOne()
    {
        var view = RenderPrompt(Some, inputs: Bind(Some, new Set<Gene>(["TP53", "MYC"])));

        await Button(view, "None shown").ClickAsync();
        await SubmitAsync(view);

        Assert.Empty(Submitted);
        Assert.Contains("Keep at least one item.", view.Markup);
    }

    [Fact]
    public async Task PickSome_NoneOfWhatIsShown_KeepsTheRest()
    {
        var view = RenderPrompt(Some, inputs: Bind(Some, new Set<Gene>(["TP53", "MYC", "ACE2"])));

        view.Find("input[type=search]").Input("c");
        await Button(view, "None shown").ClickAsync();
        await SubmitAsync(view);

        Assert.Equal(["""{"ACE2":true,"MYC":true}"""], Submitted);
    }

    [Fact]
    public void PickSome_AnswerAndDraft_AreShown()
    {
        KeepDraft(new() { ["keep:MYC"] = "true", ["keep:ACE2"] = "false" });

        var view = RenderPrompt(Some, """{"MYC":true}""", Bind(Some, new Set<Gene>(["TP53", "MYC", "ACE2"])));

        Assert.Equal([true, true, false], view.FindAll("tbody input").Select(box => box.HasAttribute("checked")));
    }
}
