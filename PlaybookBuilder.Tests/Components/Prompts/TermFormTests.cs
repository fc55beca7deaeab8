using Bunit;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class TermFormTests : PromptTestContext
{
    private const string Spec = "Input[Gene]";

    [Fact]
    public async Task Submit_Term_IsTrimmedAndTheDraftIsLetGo()
    {
        var view = RenderPrompt(Spec);

        view.Find("input").Input("  Größe ");
        await SubmitAsync(view);

        Assert.Equal(["\"Größe\""], Submitted);
        Browser.VerifyInvoke("discard");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Submit_Blank_SaysWhatIsMissingBesideTheField(string term)
    {
        var view = RenderPrompt(Spec);

        view.Find("input").Input(term);
        await SubmitAsync(view);

        Assert.Empty(Submitted);
        Assert.Contains("Enter a gene.", view.Find($"#{view.Find("input").GetAttribute("aria-describedby")}").TextContent);
        Assert.Equal("true", view.Find("input").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Submit_Twice_SubmitsOnce()
    {
        var taken = new TaskCompletionSource();
        var view = RenderPrompt(Spec, "\"TP53\"", onSubmit: answer =>
        {
            Submitted.Add(answer.Value);
            return taken.Task;
        });

        var first = SubmitAsync(view);
        var second = SubmitAsync(view);
        Assert.True(view.Find("fieldset").HasAttribute("disabled"));
        taken.SetResult();
        await Task.WhenAll(first, second);

        Assert.Single(Submitted);
        view.WaitForAssertion(() => Assert.False(view.Find("fieldset").HasAttribute("disabled")));
    }

    [Fact]
    public async Task Submit_Refused_SaysWhyAndKeepsTheDraft()
    {
        var view = RenderPrompt(Spec, "\"TP53\"", onSubmit: _ => throw WorkflowException.Invalid("Not now."));

        await SubmitAsync(view);

        Assert.Contains("Not now.", view.Find(".pb-problem").TextContent);
        Assert.Equal("TP53", view.Find("input").GetAttribute("value"));
        Browser.VerifyNotInvoke("discard");
    }

    [Fact]
    public void Render_Answer_StandsInTheField() =>
        Assert.Equal("TP53", RenderPrompt(Spec, "\"TP53\"").Find("input").GetAttribute("value"));

    [Fact]
    public void Render_AnswerThatDoesNotFit_SaysSoAndAsksAnew()
    {
        var view = RenderPrompt(Spec, "{\"x\":1}");

        Assert.Equal("", view.Find("input").GetAttribute("value"));
        Assert.Contains("does not fit", view.Find("[role=alert].pb-problem").TextContent);
    }

    [Fact]
    public void Render_Draft_WinsOverTheAnswerUntilItIsDiscarded()
    {
        KeepDraft(new() { ["term"] = "MYC" });
        var view = RenderPrompt(Spec, "\"TP53\"");

        Assert.Equal("MYC", view.Find("input").GetAttribute("value"));

        Button(view, "Discard them").Click();

        Assert.Equal("TP53", view.Find("input").GetAttribute("value"));
        Browser.VerifyInvoke("discard");
    }

    [Fact]
    public void Example_Click_FillsTheFieldAndTheDraft()
    {
        var view = RenderPrompt(Spec);

        Button(view, "Example").Click();

        Assert.Equal("ACE2", view.Find("input").GetAttribute("value"));
        var kept = Assert.IsType<Dictionary<string, string>>(Browser.VerifyInvoke("replace").Arguments[0]);
        Assert.Equal("ACE2", kept["term"]);
    }
}
