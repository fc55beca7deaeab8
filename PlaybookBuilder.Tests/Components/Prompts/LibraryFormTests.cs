using Bunit;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class LibraryFormTests : PromptTestContext
{
    private const string Spec = "GenesetsToGMT";

    private static readonly Set<Gene> Up = new(["TP53", "MYC"], "up genes");
    private static readonly Set<Gene> Undescribed = new(["ACE2"]);

    [Fact]
    public async Task Submit_Labels_AreNumberedAsTexts()
    {
        var view = RenderPrompt(Spec, inputs: Bind(Spec, Up, Undescribed));

        view.Find("input[name='terms:1']").Input(" größe ");
        view.Find("input[name='descriptions:1']").Input("why");
        await SubmitAsync(view);

        Assert.Equal(["""{"descriptions":{"0":"","1":"why"},"terms":{"0":"up genes","1":"größe"}}"""], Submitted);
    }

    [Fact]
    public async Task Submit_MissingLabel_IsToldBesideItsField()
    {
        var view = RenderPrompt(Spec, inputs: Bind(Spec, Up, Undescribed));

        await SubmitAsync(view);

        Assert.Empty(Submitted);
        Assert.Equal(["false", "true"], view.FindAll("input[name^='terms']").Select(field => field.GetAttribute("aria-invalid")));
    }

    [Fact]
    public async Task Submit_SameLabelTwice_IsRefused()
    {
        var view = RenderPrompt(Spec, inputs: Bind(Spec, Up, Up));

        await SubmitAsync(view);

        Assert.Empty(Submitted);
        Assert.Contains("Another set has this label.", view.Markup);
    }

    [Fact]
    public void Render_Answer_StandsInTheFields()
    {
        var view = RenderPrompt(Spec, """{"terms":{"0":"a","1":"b"},"descriptions":{"0":"","1":"d"}}""", Bind(Spec, Up, Undescribed));

        Assert.Equal(["a", "", "b", "d"], view.FindAll("tbody input").Select(field => field.GetAttribute("value")));
    }

    [Fact]
    public void Render_InputsThatComeLater_ShowsTheRows()
    {
        var view = RenderPrompt(Spec);
        Assert.Contains("Waiting for input", view.Markup);

        view.Render(parameters => parameters.Add(prompt => prompt.Inputs, Bind(Spec, Up, Undescribed)));

        Assert.Equal(2, view.FindAll("tbody tr").Count);
    }
}
