using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web;
using PlaybookBuilder.Web.Components.Report;

namespace PlaybookBuilder.Tests.Components.Report;

public sealed class ReportPageTests : PageTestContext
{
    private const string Library = "GenesetToGMT";
    private const string Union = "GMTUnion";

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Report_Playbook_HasACellAStepInOrder()
    {
        var report = await RenderAsync(Extend(GeneSet("ACE2", "TP53"), 0, SetChoice));

        Assert.Equal(["1", "2"], report.FindAll(".cell .number").Select(number => number.TextContent));
    }

    [Fact]
    public async Task Report_DefaultVisibility_ShowsQuestionsAndResults()
    {
        var playbook = GeneSet("ACE2", "TP53");
        playbook = Extend(playbook, 0, Library);
        var report = await RenderAsync(playbook);

        var cells = report.FindAll(".cell");
        Assert.NotNull(cells[0].QuerySelector("form"));
        Assert.Equal("false", cells[0].QuerySelectorAll(".fold")[^1].GetAttribute("aria-expanded"));
        Assert.Equal("true", cells[1].QuerySelectorAll(".fold")[^1].GetAttribute("aria-expanded"));
        Assert.NotNull(cells[1].QuerySelector("table"));
    }

    [Fact]
    public async Task Report_Fork_NestsBranchesUnderHeadings()
    {
        var playbook = Extend(GeneSet("ACE2", "TP53"), 0, Library);
        playbook = Extend(playbook, 1, Union);
        playbook = Extend(playbook, 1, "GMTConsensus");

        var report = await RenderAsync(playbook);

        Assert.Equal(2, report.FindAll("h2.branch").Count);
        Assert.All(report.FindAll("h2.branch"), heading => Assert.StartsWith("Branch of step 2", heading.TextContent));
    }

    [Fact]
    public async Task Fold_Part_IsKeptInThePlaybook()
    {
        var playbook = GeneSet("ACE2");
        var report = await RenderAsync(playbook);

        await report.Find(".fold").ClickAsync();

        var folded = playbook.WithCell(0, new CellMetadata(ProcessVisible: false, DataVisible: false));
        Assert.EndsWith(AppUrls.Report(folded.Id), Navigation.Uri);
    }

    [Fact]
    public async Task Describe_Cell_IsKeptInThePlaybookWithItsLinesAndShownAsText()
    {
        var playbook = GeneSet("ACE2");
        var report = await RenderAsync(playbook);

        await report.Find(".description").ChangeAsync(" <b>Receptor</b>\nand protease ");

        var described = playbook.WithCell(0, new CellMetadata(Description: "<b>Receptor</b>\nand protease", DataVisible: false));
        Assert.EndsWith(AppUrls.Report(described.Id), Navigation.Uri);
        Assert.Equal("<b>Receptor</b>\nand protease", (await RenderAsync(described)).Find(".description").GetAttribute("value"));
    }

    [Fact]
    public async Task Describe_NothingChanged_KeepsThePlaybook()
    {
        var report = await RenderAsync(GeneSet("ACE2"));
        var before = Navigation.Uri;

        await report.Find(".description").ChangeAsync("  ");

        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public async Task Rename_Cell_IsKeptInThePlaybook()
    {
        var playbook = GeneSet("ACE2");
        var report = await RenderAsync(playbook);

        await report.Find(".cell header button").ClickAsync();
        await report.Find(".rename input").ChangeAsync("Réceptors");
        await report.Find(".rename").SubmitAsync();

        var renamed = playbook.WithCell(0, new CellMetadata("Réceptors", DataVisible: false));
        Assert.EndsWith(AppUrls.Report(renamed.Id), Navigation.Uri);
    }

    [Fact]
    public async Task Summary_InOwnWords_ReplacesTheWrittenOne()
    {
        var playbook = GeneSet("ACE2").WithMetadata(new PlaybookMetadata("T", "My words", "manual"));

        var report = await RenderAsync(playbook);

        Assert.Equal("My words", report.Find(".head textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task Report_LongPlaybook_ReadsOnlyTheFirstCells()
    {
        var playbook = GeneSet("ACE2");
        for (var i = 1; i < 30; i++) playbook = playbook.Extend(new Process(GeneSetInput, Datum.OfJson(GeneSetInput, $$"""{"set":["G{{i}}"]}""")));

        var report = await RenderAsync(playbook);

        Assert.Equal(30, report.FindAll(".cell").Count);
        Assert.Equal(24, report.FindAll("[data-cell]").Count);
        await report.InvokeAsync(() => report.Instance.ShowAsync([29, 99]));
        Assert.Equal(23, report.FindAll("[data-cell]").Count);
    }

    [Fact]
    public void Report_MalformedId_SaysSo()
    {
        var report = Render<ReportPage>(parameters => parameters.Add(page => page.PlaybookId, "xyz"));

        report.WaitForAssertion(() => Assert.Contains("not here", report.Find("h1").TextContent));
    }

    private async Task<IRenderedComponent<ReportPage>> RenderAsync(Playbook playbook)
    {
        await ComputeAsync(playbook);
        var report = Render<ReportPage>(parameters => parameters.Add(page => page.PlaybookId, playbook.Id.ToString()));
        report.WaitForElement(".cell");
        return report;
    }
}
