using Bunit;
using Microsoft.JSInterop;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class SetFormTests : PromptTestContext
{
    private const string Spec = "Input[Set[Gene]]";
    private readonly BunitJSModuleInterop _area;

    public SetFormTests()
    {
        _area = JSInterop.SetupModule("./Components/Shared/LargeText.razor.js");
        _area.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Submit_TypedText_GivesEachItemOnceWithTheDescription()
    {
        var view = RenderPrompt(Spec);
        Browse("TP53\n MYC ,ACE2\tTP53\n\n");

        view.Find("input[type=text]").Input(" of interest ");
        await SubmitAsync(view);

        Assert.Equal(["""{"description":"of interest","set":["TP53","MYC","ACE2"]}"""], Submitted);
    }

    [Fact]
    public async Task Type_Repetitions_AreTold()
    {
        var view = RenderPrompt(Spec);

        await view.InvokeAsync(() => view.FindComponent<LargeText>().Instance.ReceiveAsync(new TextStream("B,A,B,A,C")));

        Assert.Equal("3 items; 2 given more than once and taken once: B, A", view.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Submit_Nothing_AsksForOne()
    {
        var view = RenderPrompt(Spec);
        Browse(" \n,\t ");

        await SubmitAsync(view);

        Assert.Empty(Submitted);
        Assert.Contains("Enter at least one item.", view.Markup);
    }

    [Fact]
    public async Task Submit_HundredThousandItems_TakesThemAll()
    {
        var view = RenderPrompt(Spec);
        Browse(string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"G{i}")));

        await SubmitAsync(view);

        Assert.Contains("\"G99999\"", Assert.Single(Submitted));
    }

    [Fact]
    public void Render_Answer_IsWrittenOneALine()
    {
        RenderPrompt(Spec, """{"set":["TP53","Diabetes, type 2"],"description":"mine"}""");

        Assert.Equal("TP53\n\"Diabetes, type 2\"", _area.VerifyInvoke("write").Arguments[1]);
    }

    [Fact]
    public void Render_Draft_IsWrittenIntoTheField()
    {
        KeepDraft(new() { ["set"] = "MYC", ["description"] = "kept" });

        var view = RenderPrompt(Spec);

        Assert.Equal("MYC", _area.VerifyInvoke("write").Arguments[1]);
        Assert.Equal("kept", view.Find("input[type=text]").GetAttribute("value"));
    }

    private void Browse(string text) => _area.Setup<LargeText.Reading>("read", _ => true).SetResult(new(text.Length == 0 ? null : new TextStream(text)));
}
