using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Tests.Tables;

public sealed class TableQueryTests
{
    private static readonly double[] Scores = [2, double.NaN, -1, double.PositiveInfinity, 2];
    private static readonly string[] Names = ["beta", "Alpha", "größe", "alpha 2", "Beta"];
    private static readonly TableContent Content = new(5, [new TableColumn("Name", row => Names[row]), TableColumn.OfNumbers("Score", row => Scores[row])]);

    [Theory]
    [InlineData(false, new[] { 2, 0, 4, 3, 1 })]
    [InlineData(true, new[] { 3, 0, 4, 2, 1 })]
    public void RowsOf_NumbersWithNaN_PutsNaNLastBothWays(bool isDescending, int[] expected) =>
        Assert.Equal(expected, new TableQuery { SortBy = 1, IsDescending = isDescending }.RowsOf(Content));

    [Fact]
    public void RowsOf_Text_SortsWithoutCaseAndKeepsEqualOnesInOrder() =>
        Assert.Equal([1, 3, 0, 4, 2], new TableQuery { SortBy = 0 }.RowsOf(Content));

    [Theory]
    [InlineData("ALPHA", new[] { 1, 3 })]
    [InlineData("GRÖSSE", new int[0])]
    [InlineData("GRÖ", new[] { 2 })]
    [InlineData("  ", new[] { 0, 1, 2, 3, 4 })]
    [InlineData("nothing", new int[0])]
    public void RowsOf_Filter_LooksInShownColumnsWithoutCase(string filter, int[] expected) =>
        Assert.Equal(expected, new TableQuery { Filter = filter }.RowsOf(Content));

    [Fact]
    public void RowsOf_FilterOnHiddenColumn_FindsNothing() =>
        Assert.Empty(new TableQuery { Filter = "alpha", Hidden = [0] }.RowsOf(Content));

    [Fact]
    public void RowsOf_SortByColumnThatIsNotThere_KeepsTheOrder() =>
        Assert.Equal([0, 1, 2, 3, 4], new TableQuery { SortBy = 9 }.RowsOf(Content));

    [Fact]
    public void SortedBy_SameColumnThreeTimes_GoesUpDownAndBack()
    {
        var up = TableQuery.Everything.SortedBy(1);
        var down = up.SortedBy(1);
        var back = down.SortedBy(1);

        Assert.Equal((1, false), (up.SortBy, up.IsDescending));
        Assert.Equal((1, true), (down.SortBy, down.IsDescending));
        Assert.Null(back.SortBy);
    }

    [Fact]
    public void Parse_WhatToQueryStringWrote_IsTheSame()
    {
        var query = new TableQuery { Filter = "a&b=ö", SortBy = 1, IsDescending = true, Hidden = [0, 2] };

        var parsed = Parse(query.ToQueryString());

        Assert.Equal((query.Filter, query.SortBy, query.IsDescending), (parsed.Filter, parsed.SortBy, parsed.IsDescending));
        Assert.Equal(query.Hidden, parsed.Hidden);
    }

    [Fact]
    public void Parse_Nonsense_IsEverything()
    {
        var parsed = Parse("?sort=x&hidden=-1,y&descending=maybe");

        Assert.Null(parsed.SortBy);
        Assert.False(parsed.IsDescending);
        Assert.Empty(parsed.Hidden);
    }

    private static TableQuery Parse(string query) => TableQuery.Parse(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
