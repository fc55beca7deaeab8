using System.Collections.Immutable;
using Bunit;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Editor;

namespace PlaybookBuilder.Tests.Components.Editor;

public sealed class NextStepsPanelTests : PageTestContext
{
    private readonly List<NextStep> _chosen = [];

    [Fact]
    public async Task Panel_EmptyPlaybook_OffersEveryInput()
    {
        var panel = await RenderAsync(Playbook.Empty, []);

        var inputs = Catalog.Taking(null).Count(type => !type.Description.Hidden);
        Assert.Equal(inputs, panel.FindAll("button.pb-card").Count);
        Assert.Contains($"{inputs} of {inputs}", panel.Markup);
    }

    [Fact]
    public async Task Panel_PageThatIsOnlyFetched_HoldsTheSameCards()
    {
        var armed = (await RenderAsync(Playbook.Empty, [])).FindAll("button.pb-card").Select(card => card.TextContent).ToArray();

        SetRendererInfo(new("Static", isInteractive: false));
        var fetched = (await RenderAsync(Playbook.Empty, [])).FindAll("button.pb-card").Select(card => card.TextContent);

        Assert.Equal(armed, fetched);
    }

    [Fact]
    public async Task Panel_LackingInput_IsGreyedWithTheReason()
    {
        var panel = await RenderAsync(GeneSet("ACE2"), [0]);

        var disabled = panel.FindAll("[aria-disabled=true]");
        Assert.NotEmpty(disabled);
        Assert.All(disabled, card => Assert.Contains("required", card.QuerySelector(".why")!.TextContent));
        Assert.All(disabled, card => Assert.NotEqual("BUTTON", card.TagName));
    }

    [Fact]
    public async Task Choose_Card_GivesThatStep()
    {
        var panel = await RenderAsync(GeneSet("ACE2"), [0]);
        var label = Catalog.GetProcessType(SetChoice).Description.Label;

        await panel.FindAll("button.pb-card").First(card => card.TextContent.Contains(label)).ClickAsync();

        Assert.Equal(SetChoice, Assert.Single(_chosen).Type.Spec);
    }

    [Fact]
    public async Task Search_Words_LeavesWhatFits()
    {
        var panel = await RenderAsync(Playbook.Empty, []);

        await panel.Find("input[type=search]").InputAsync("Gene Set");

        Assert.Contains("Gene Set Input", panel.FindAll("button.pb-card")[0].TextContent);
    }

    [Fact]
    public async Task Search_Nonsense_OffersToShowAll()
    {
        var panel = await RenderAsync(Playbook.Empty, []);

        await panel.Find("input[type=search]").InputAsync("\u00e6\u00f8\u00e5\u00e6\u00f8\u00e5");
        Assert.Empty(panel.FindAll("button.pb-card"));
        await panel.Find(".pb-note button").ClickAsync();

        Assert.NotEmpty(panel.FindAll("button.pb-card"));
    }

    [Fact]
    public async Task Facet_Pressed_NarrowsAndIsMarked()
    {
        var panel = await RenderAsync(Playbook.Empty, []);
        var before = panel.FindAll("button.pb-card").Count;

        await panel.FindAll(".chip").First(chip => chip.TextContent.StartsWith("Gene", StringComparison.Ordinal)).ClickAsync();

        Assert.InRange(panel.FindAll("button.pb-card").Count, 1, before - 1);
        Assert.Single(panel.FindAll(".chip[aria-pressed=true]"));
    }

    [Fact]
    public async Task Choose_StepThatIsRefused_SaysWhy()
    {
        var open = await OpenAsync(GeneSet("ACE2"));
        var panel = Render<NextStepsPanel>(parameters => parameters
            .Add(panel => panel.Open, open)
            .Add(panel => panel.Selected, [0])
            .Add(panel => panel.OnChoose, (NextStep _) => throw WorkflowException.Invalid("It does not fit.")));

        await panel.FindAll("button.pb-card")[0].ClickAsync();

        Assert.Equal("It does not fit.", panel.Find("[role=alert]").TextContent);
    }

    private async Task<IRenderedComponent<NextStepsPanel>> RenderAsync(Playbook playbook, ImmutableArray<int> selected)
    {
        var open = await OpenAsync(playbook);
        return Render<NextStepsPanel>(parameters => parameters
            .Add(panel => panel.Open, open)
            .Add(panel => panel.Selected, selected)
            .Add(panel => panel.OnChoose, _chosen.Add));
    }
}
