using Bunit;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Tests.Components.Shared;

public sealed class MatrixPreviewTests : BunitContext
{
    [Fact]
    public void Render_CornersOfALargeMatrix_ShowsTheGapsAndTheWholeShape()
    {
        var view = RenderCorner(new MatrixCorner(64_102, 8, ["a", "b", "y", "z"], ["s1", "s2"], (row, column) => $"{row}:{column}", 2, null));

        Assert.Contains("64,102 rows × 8 columns · log2(x + 1)", view.Find(".shape").TextContent);
        Assert.Equal("64,098 rows left out", view.Find("tbody th.gap").GetAttribute("aria-label"));
        Assert.Equal(["a", "b", "⋮", "y", "z"], view.FindAll("tbody th").Select(cell => cell.TextContent));
        Assert.Equal("3:1", view.FindAll("tbody td.number")[^1].TextContent);
    }

    [Fact]
    public void Render_GapsBothWays_KeepsTheColumnsInLine()
    {
        var view = RenderCorner(new MatrixCorner(9, 9, ["a", "z"], ["s1", "s9"], (_, _) => "0", 1, 1));

        Assert.All(view.FindAll("tbody tr").Where(row => row.QuerySelector("th.gap") is null), row => Assert.Equal(view.FindAll("thead tr > *").Count, row.ChildElementCount));
    }

    [Fact]
    public void Render_EmptyMatrix_SaysSo() =>
        Assert.Contains("The matrix is empty.", RenderCorner(new MatrixCorner(0, 0, [], [], (_, _) => "", null, null)).Markup);

    private IRenderedComponent<MatrixPreview> RenderCorner(MatrixCorner corner) =>
        Render<MatrixPreview>(view => view.Add(matrix => matrix.Name, "Counts").Add(matrix => matrix.Corner, corner).Add(matrix => matrix.Note, "log2(x + 1)"));
}
