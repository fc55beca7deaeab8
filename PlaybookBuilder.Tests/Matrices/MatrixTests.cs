using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Tests.Matrices;

public class MatrixTests
{
    private static readonly Matrix Small = new(["a", "b", "a"], ["s1", "s2"], [1, 2, 3, 4, 5, 6], MatrixScale.Counts);

    [Fact]
    public void Row_AndColumn_GiveValuesOfGeneAndSample()
    {
        Assert.Equal([3, 4], Small.Row(1).ToArray());
        Assert.Equal([2, 4, 6], Small.Column(1));
        Assert.Equal(6, Small[2, 1]);
    }

    [Fact]
    public void DuplicateRowLabels_RepeatedGene_IsCounted() => Assert.Equal(1, Small.DuplicateRowLabels);

    [Fact]
    public void Constructor_ValuesThatDoNotFill_Throws() => Assert.Throws<ArgumentException>(() => new Matrix(["a"], ["s1", "s2"], [1], MatrixScale.Counts));

    [Fact]
    public void SelectRows_OtherOrder_KeepsLabelsWithValues()
    {
        var selected = Small.SelectRows([2, 0]);

        Assert.Equal(["a", "a"], selected.RowLabels);
        Assert.Equal([5, 6, 1, 2], selected.Values.ToArray());
    }

    [Fact]
    public void Scale_AfterTransformations_TellsThemInOrder()
    {
        var scale = MatrixScale.Counts.Then(MatrixTransformation.Log2).Then(MatrixTransformation.Quantile);

        Assert.Equal(["counts", "log2", "quantile"], scale.Tokens);
        Assert.Equal(scale, MatrixScale.FromTokens(scale.Tokens));
        Assert.Equal(scale.GetHashCode(), MatrixScale.FromTokens(scale.Tokens)!.GetHashCode());
        Assert.NotEqual(scale, MatrixScale.Counts.Then(MatrixTransformation.Quantile).Then(MatrixTransformation.Log2));
        Assert.Equal("counts, log2(x+1) transformed, quantile normalized across samples", scale.ToString());
        Assert.False(scale.IsCounts);
    }

    [Theory]
    [InlineData]
    [InlineData("log2")]
    [InlineData("counts", "cube root")]
    public void FromTokens_NotOurs_IsNull(params string[] tokens) => Assert.Null(MatrixScale.FromTokens(tokens));

    [Fact]
    public void Of_NegativeValue_IsAsGiven()
    {
        Assert.Equal(MatrixScale.AsGiven, MatrixScale.Of([1, -0.5]));
        Assert.Equal(MatrixScale.Counts, MatrixScale.Of([0, 1.5, double.NaN]));
        Assert.False(MatrixScale.AsGiven.IsCounts);
    }
}
