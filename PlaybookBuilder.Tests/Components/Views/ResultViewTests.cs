using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components;
using PlaybookBuilder.Web.Components.Views;

namespace PlaybookBuilder.Tests.Components.Views;

public sealed class ResultViewTests : BunitContext
{
    private const string PlotModule = "./Components/Views/PlotView.razor.js";

    public ResultViewTests()
    {
        Services.AddSingleton(TestCatalog.Instance);
        Services.AddViewsAndForms();
    }

    [Fact]
    public void Render_Term_ShowsKindAndName()
    {
        var view = RenderOutput(Encode(new Term<Gene>("Größe <b>")));

        Assert.Equal("Gene", view.Find(".kind").TextContent);
        Assert.Equal("Größe <b>", view.Find(".value").TextContent);
    }

    [Fact]
    public void Render_Set_IsATableWithALibraryDownload()
    {
        var output = Encode(new Set<Gene>(["TP53", "TP53"]));

        var view = RenderOutput(output);

        Assert.Equal("Shape: 2 rows × 1 column", view.Find(".shape").TextContent);
        Assert.Contains(view.FindAll("a"), link => link.GetAttribute("href") == $"api/data/{output.Id}/library.gmt");
    }

    [Fact]
    public void Render_ErrorOfSeveralLines_FoldsTheDetails()
    {
        var view = RenderOutput(ErrorData.ToDatum("It broke.\nline 1\nline 2"));

        Assert.Contains("It broke.", view.Find(".message").TextContent);
        Assert.Equal("line 1\nline 2", view.Find("details pre").TextContent);
    }

    [Fact]
    public void Render_ErrorOfALostFile_SaysToUploadItAgainAndNotToRecompute()
    {
        var view = RenderOutput(ErrorData.ToDatum(LostFile.Deleted("counts.csv", "drs://localhost/x").Message));

        Assert.Contains("The file counts.csv was deleted. Upload the file again", view.Find(".message").TextContent);
        Assert.DoesNotContain("Recompute", view.Markup);
        Assert.Contains("Recompute", RenderOutput(ErrorData.ToDatum("It broke.")).Markup);
    }

    [Fact]
    public void Render_EmptyError_StillSaysSomething() =>
        Assert.Contains("without saying why", RenderOutput(ErrorData.ToDatum("")).Find(".message").TextContent);

    [Fact]
    public void Render_File_ShowsSizeAndDownload()
    {
        var output = Encode(new FileUrl("drs://here/1", "counts.tsv", "9f86", 2_297_790));

        var view = RenderOutput(output);

        Assert.Equal("2.3 MB", view.Find(".size").TextContent);
        Assert.Equal($"api/data/{output.Id}/file", view.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Render_Matrix_ShowsScaleNotesAndDownloads()
    {
        var output = Datum.OfJson("GeneCountMatrix", """{"url":"drs://here/m","filename":"m.h5ad","shape":[64102,2],"index":["TP53","größe"],"columns":["s1","s2"],"values":[[1,"nan"],[3.14159,4]],"ellipses":[1,null],"scale":["counts"],"notes":["One gene was left out."]}""");

        var view = RenderOutput(output);

        Assert.Contains("64,102 rows × 2 columns · counts", view.Find(".shape").TextContent);
        Assert.Equal(["1", "nan", "3.142", "4"], view.FindAll("td.number").Select(cell => cell.TextContent));
        Assert.Equal("One gene was left out.", view.Find(".notes li").TextContent);
        Assert.Equal([$"api/data/{output.Id}/file", $"api/data/{output.Id}/matrix.csv"], view.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Render_UnknownType_ShowsTheValue()
    {
        var view = RenderOutput(Datum.OfJson("Supervenn", """{"a":["ö"]}"""));

        Assert.Contains("ö", view.Find("pre").TextContent);
        Assert.Contains("There is no view for this type", view.Markup);
    }

    [Fact]
    public void Render_LargeUnknownValue_IsCut()
    {
        var view = RenderOutput(Datum.OfJson("Supervenn", $"\"{new string('x', 1_000_000)}\""));

        Assert.InRange(view.Find("pre").TextContent.Length, 1, 30_000);
        Assert.Contains("the beginning", view.Find("summary").TextContent);
    }

    [Fact]
    public void Render_ValueThatDoesNotFit_SaysWhereAndShowsIt()
    {
        var view = RenderOutput(Datum.OfJson("Set[Gene]", """{"set":"x"}"""));

        Assert.Contains("$.set", view.Find("[role=alert]").TextContent);
        Assert.Contains("\"x\"", view.Find("pre").TextContent);
    }

    [Fact]
    public void Render_OtherOutput_ReplacesTheView()
    {
        var view = RenderOutput(Encode(new Term<Gene>("TP53")));

        view.Render(parameters => parameters.Add(result => result.Output, ErrorData.ToDatum("It broke.")));

        Assert.Empty(view.FindAll(".term"));
        Assert.Contains("It broke.", view.Markup);
    }

    [Fact]
    public void Render_Plot_IsFetchedByTheBrowserAndDescribed()
    {
        var module = JSInterop.SetupModule(PlotModule);
        module.SetupModule("draw", _ => true);
        var output = Encode(Plot());

        var view = RenderOutput(output);

        Assert.Equal($"api/data/{output.Id}", module.VerifyInvoke("draw").Arguments[1]);
        Assert.Equal("PCA. Axes: PC1, PC2. Control: 2 points; scatter: 1 point.", view.Find(".canvas").GetAttribute("aria-label"));
        Assert.All(view.FindAll("button"), button => Assert.False(button.HasAttribute("disabled")));
    }

    [Fact]
    public void Render_PlotThatCannotBeDrawn_SaysSoAndOffersItsData()
    {
        Services.AddSingleton<IJSRuntime>(new BrokenBrowser());

        var view = RenderOutput(Encode(Plot()));

        Assert.Contains("the server answered 404", view.Find("[role=alert]").TextContent);
        Assert.EndsWith("table.csv", view.Find("a").GetAttribute("href"), StringComparison.Ordinal);
    }

    private static PlotlyPlot Plot() => PlotlyPlot.Of(
        [new { type = "scatter", name = "Control", x = new[] { 1, 2 } }, new { x = new[] { 1 } }],
        new { title = new { text = "<b>PCA</b>" }, xaxis = new { title = "PC1" }, yaxis = new { title = new { text = "PC2" } } });

    private static Datum Encode(IData value) => TestCatalog.Instance.DataTypes.Single(type => type.ClrType == value.GetType()).Encode(value);

    private IRenderedComponent<ResultView> RenderOutput(Datum output) => Render<ResultView>(view => view.Add(result => result.Output, output));

    private sealed class BrokenBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new JSException("the server answered 404");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }
}
