using AngleSharp.Dom;
using Bunit;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Tests.Components.Shared;

public sealed class DataTableTests : BunitContext
{
    private static readonly Guid DataId = Guid.Parse("6645ac1d-6794-8135-a0b0-3603595cb275");

    [Fact]
    public void Render_NoRows_SaysSo()
    {
        var table = RenderTable(TableContent.OfList("Gene", []));

        Assert.Contains("There are no rows.", table.Markup);
        Assert.Equal("Shape: 0 rows × 1 column", table.Find(".shape").TextContent);
    }

    [Fact]
    public void Render_Numbers_AreAlignedRightAndKeepTheirFullText()
    {
        var table = RenderTable(Scores(1.23456789));

        var cell = table.Find("tbody td.number");
        Assert.Equal("1.235", cell.TextContent);
        Assert.Equal("1.23456789", cell.GetAttribute("title"));
    }

    [Fact]
    public void Sort_ClickTwice_DescendsWithNaNLast()
    {
        var table = RenderTable(Scores(1, double.NaN, 3));

        table.FindAll("th button")[1].Click();
        table.FindAll("th button")[1].Click();

        Assert.Equal(["3", "1", "NaN"], table.FindAll("td.number").Select(cell => cell.TextContent));
        Assert.Equal("descending", table.FindAll("th")[1].GetAttribute("aria-sort"));
    }

    [Fact]
    public void Filter_NonAscii_NarrowsRowsAndDownloads()
    {
        var table = RenderTable(TableContent.OfList("Gene", ["TP53", "Größe", "GRÖ2"]));

        table.Find("input[type=search]").Input("grö");

        Assert.Equal("2 of 3 rows", table.Find(".shape").TextContent);
        Assert.Contains(table.FindAll("a"), link => link.GetAttribute("href") == $"api/data/{DataId}/table.csv?filter=gr%C3%B6");
        Assert.Contains(table.FindAll("a"), link => link.GetAttribute("href") == $"api/data/{DataId}/table.csv");
    }

    [Fact]
    public void Filter_NothingLeft_SaysSo()
    {
        var table = RenderTable(TableContent.OfList("Gene", ["TP53"]));

        table.Find("input[type=search]").Input("x");

        Assert.Contains("No row has this text.", table.Markup);
    }

    [Fact]
    public void Columns_HideAllButOne_LeavesTheLastOne()
    {
        var table = RenderTable(Scores(1));

        table.FindAll(".items input")[1].Change(false);

        Assert.Equal("Name", Assert.Single(table.FindAll("th")).TextContent);
        Assert.True(table.FindAll(".items input")[0].HasAttribute("disabled"));
    }

    [Fact]
    public void Render_WithoutStoredValue_OffersNoDownload() =>
        Assert.Empty(Render<DataTable>(table => table.Add(view => view.Name, "Genes").Add(view => view.Content, Scores(1))).FindAll("a"));

    [Fact]
    public void Render_HundredThousandRows_OnlySomeAreInThePage()
    {
        var table = RenderTable(TableContent.OfList("Gene", [.. Enumerable.Range(0, 100_000).Select(i => $"G{i}")]));

        Assert.Equal("Shape: 100,000 rows × 1 column", table.Find(".shape").TextContent);
        Assert.InRange(table.FindAll("tbody td").Count(cell => cell.TextContent.StartsWith('G')), 1, 1000);
    }

    [Fact]
    public void Render_OtherContent_ShowsItAndForgetsTheFilterOfOtherColumns()
    {
        var table = RenderTable(Scores(1, 2));
        table.Find("input[type=search]").Input("row 1");

        table.Render(parameters => parameters.Add(view => view.Content, TableContent.OfList("Gene", ["A", "B", "C"])));

        Assert.Equal("Shape: 3 rows × 1 column", table.Find(".shape").TextContent);
    }

    [Fact]
    public void Copy_Refused_SaysWhy()
    {
        JSInterop.SetupModule("./Components/Shared/DataTable.razor.js").Setup<string?>("copy", _ => true).SetResult("The table could not be copied: no permission.");
        var table = RenderTable(Scores(1));

        Button(table, "Copy").Click();

        Assert.Contains("no permission", table.Find("[role=alert]").TextContent);
    }

    private static TableContent Scores(params double[] scores) =>
        new(scores.Length, [new TableColumn("Name", row => $"row {row}"), TableColumn.OfNumbers("Score", row => scores[row])]);

    private static IElement Button(IRenderedComponent<DataTable> table, string text) => table.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private IRenderedComponent<DataTable> RenderTable(TableContent content) =>
        Render<DataTable>(table => table.Add(view => view.Name, "Genes").Add(view => view.Content, content).Add(view => view.DataId, DataId));
}
