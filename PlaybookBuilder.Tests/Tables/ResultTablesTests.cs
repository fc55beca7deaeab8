using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Components.Sets;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Tests.Tables;

public sealed class ResultTablesTests
{
    private readonly ResultTables _tables = new();

    [Fact]
    public void Tabulate_Set_IsOneColumnNamedByThePrimitive()
    {
        var content = Tabulate(new Set<Drug>(["imatinib", "µ-opioid"]));

        Assert.Equal("Drug", Assert.Single(content.Columns).Name);
        Assert.Equal("µ-opioid", content.Columns[0].Text(1));
        Assert.Equal("2 rows × 1 column", content.Shape);
    }

    [Fact]
    public void Tabulate_EmptySet_HasNoRows() => Assert.Equal(0, Tabulate(new Set<Gene>([])).RowCount);

    [Fact]
    public void Tabulate_Scored_KeepsNaNAndInfinity()
    {
        var content = Tabulate(new Scored<Gene>([new("A", 1.23456789), new("B", double.NaN), new("C", double.NegativeInfinity)]));

        Assert.Equal(["1.23456789", "nan", "-inf"], Enumerable.Range(0, 3).Select(content.Columns[1].Text));
        Assert.Equal("1.235", content.Columns[1].Display(0));
    }

    [Fact]
    public void Tabulate_Library_ShowsSizeAndMembers()
    {
        var content = Tabulate(new Library<Gene>([new("up", new Set<Gene>(["A", "B"], "why"))]));

        Assert.Equal(["Term", "Description", "Size", "Gene Set"], content.Columns.Select(column => column.Name));
        Assert.Equal(["up", "why", "2", "A, B"], content.Columns.Select(column => column.Text(0)));
    }

    [Fact]
    public void ToLibrary_SetsWithTabs_GiveOneLineEach()
    {
        var value = new Library<Gene>([new("up\tdown", new Set<Gene>(["A", "B"], "two\nlines"))]);

        var table = _tables.Find(value.GetType())!;

        Assert.Equal("gmt", table.LibraryFormat);
        Assert.Equal("up down\ttwo lines\tA\tB", Assert.Single(table.ToLibrary(value)).ToString());
    }

    [Fact]
    public void Tabulate_Plot_HasARowForEachPointOfEachTrace()
    {
        var plot = PlotlyPlot.Of(
            [new { name = "Control", x = new[] { 1, 2 }, y = new double?[] { 0.5, null }, text = new[] { "<b>A</b>", "B" } }, new { x = new[] { 3 } }],
            new { });

        var content = Tabulate(plot);

        Assert.Equal(["trace", "x", "y", "text"], content.Columns.Select(column => column.Name));
        Assert.Equal(3, content.RowCount);
        Assert.Equal(["Control", "1", "0.5", "A"], content.Columns.Select(column => column.Text(0)));
        Assert.Equal(["trace 2", "3", "nan", ""], content.Columns.Select(column => column.Text(2)));
    }

    [Fact]
    public void Find_Term_IsNoTable() => Assert.Null(_tables.Find(typeof(Term<Gene>)));

    private TableContent Tabulate(IData value) => _tables.Find(value.GetType())!.Tabulate(value);
}
