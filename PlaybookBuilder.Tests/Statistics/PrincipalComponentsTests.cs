using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Core.Statistics;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Statistics;

/// <summary>Golden numbers: scikit-learn 1.2.1, PCA(svd_solver="full").fit_transform of samples x genes.</summary>
public class PrincipalComponentsTests
{
    private const double Tolerance = 1e-10;

    private static readonly double[][] Genes = [[5, 4, 3, 7], [2, 1, 4, 2], [3, 4, 6, 3], [4, 2, 8, 9], [0, 0, 1, 5]];

    [Fact]
    public void Of_MoreGenesThanSamples_AgreesWithScikitLearn()
    {
        var components = Compute(Genes, 3);

        AssertClose([0.7001085175584731, 0.276398115256931, 0.023493367184595913], components.ExplainedVarianceRatio);
        AssertClose([-2.1775390694171732, -4.14624842596655, 1.351601189999846, 4.972186305383876], components.Scores[0]);
        AssertClose([-0.8328966578187361, -0.8116789785850557, 3.6889684215071807, -2.044392785103388], components.Scores[1]);
        AssertClose([1.0010528250577833, -0.7663558089380106, -0.04675690658951781, -0.18794010953025614], components.Scores[2]);
    }

    [Fact]
    public void Of_MoreSamplesThanGenes_AgreesWithScikitLearn()
    {
        var components = Compute(Genes[..2], 2);

        AssertClose([0.7518790834951007, 0.24812091650489934], components.ExplainedVarianceRatio);
        AssertClose([-0.33622314802664827, 0.10111415394611019, 2.3535620361865366, -2.118453042105999], components.Scores[0]);
        AssertClose([0.10933432549318958, 1.4542269175997822, -0.7653402784523269, -0.7982209646406447], components.Scores[1]);
    }

    [Fact]
    public void Of_IncompleteGene_IsLeftOutAndCounted()
    {
        var components = Compute([.. Genes, [1, double.NaN, 50, 2]], 3);

        Assert.Equal(1, components.GenesWithMissingValues);
        AssertClose(Compute(Genes, 3).Scores[0], components.Scores[0]);
    }

    [Fact]
    public void Of_OneSample_HasOnlyZeros()
    {
        var components = Compute([[5], [3], [1]], 3);

        Assert.Equal([0, 0, 0], components.ExplainedVarianceRatio);
        Assert.All(components.Scores, score => Assert.Equal([0], score));
    }

    [Fact]
    public void Of_TwoSamples_HasOneComponentWithTheFirstSamplePositive()
    {
        var components = Compute([[0, 3], [4, 0], [0.1, 0.1]], 3);

        AssertClose([1, 0, 0], components.ExplainedVarianceRatio);
        AssertClose([2.5, -2.5], components.Scores[0]);
        Assert.Equal([0, 0], components.Scores[1]);
    }

    [Fact]
    public void Of_SamplesThatAreEqual_ExplainNothing()
    {
        var components = Compute([[0.1, 0.1, 0.1], [7, 7, 7]], 2);

        Assert.Equal([0, 0], components.ExplainedVarianceRatio);
        Assert.All(components.Scores, score => Assert.Equal([0, 0, 0], score));
    }

    [Fact]
    public void Of_NothingComplete_SaysSo()
    {
        Assert.Throws<MatrixValueException>(() => Compute([[1, double.NaN]], 2));
        Assert.Throws<MatrixValueException>(() => PrincipalComponents.Of(new Matrix([], ["s"], [], MatrixScale.Counts), 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Of_ValuesWhoseSquaresOverflow_SaysSo() => Assert.Throws<MatrixValueException>(() => Compute([[1e200, -1e200], [1, 2]], 2));

    [Fact]
    public void Of_OneGene_OrdersTheSamplesByIt() => AssertClose([-1, 0, 1], Compute([[4, 5, 6]], 1).Scores[0].Select(value => -value));

    [Fact]
    public void Of_ManyGenes_ExplainsAllWithAllComponents()
    {
        var random = new Random(7);
        var components = Compute([.. Enumerable.Range(0, 100_000).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() })], 4);

        Assert.Equal(1, components.ExplainedVarianceRatio.Sum(), Tolerance);
        Assert.All(components.Scores, score => Assert.Equal(0, score.Sum(), 1e-6));
    }

    [Fact]
    public async Task Of_AirwayLogCounts_AgreesWithScikitLearn()
    {
        await using var source = RealFiles.Open("airway_rawcounts.csv");
        var counts = await CountMatrixReader.ReadAsync(source, ReadOptions.Default, TestContext.Current.CancellationToken);

        var components = PrincipalComponents.Of(Normalization.Log2(counts), 2, TestContext.Current.CancellationToken);

        AssertClose([0.3010892728916564, 0.19278074467297304], components.ExplainedVarianceRatio);
        AssertClose([-4.677929246278645, 47.995570523946995, -37.04032949686299, 98.88772210070377, -80.20254866687051, -87.35502950837943, 13.227313862355178, 49.16523043139057], components.Scores[0], 1e-8);
        AssertClose([-62.50559180668428, 18.15602932576092, -48.80179078053688, 30.337889755706534, -4.660814691398184, 85.32375642376424, -55.25470029923909, 37.4052220726256], components.Scores[1], 1e-8);
    }

    // The two sides have the same components: those of 1,500 samples are sought among the products of samples, and by a full decomposition of the products of 40 genes.
    [Fact]
    public void Of_ManySamples_AgreesWithTheFullDecompositionOfTheGenes()
    {
        const int Samples = 1_500;
        var random = new Random(5);
        double[][] genes = [.. Enumerable.Range(0, 40).Select(gene => Enumerable.Range(0, Samples).Select(_ => random.NextDouble() * (40 - gene)).ToArray())];
        // Genes that are the same in all samples add nothing but make the samples the smaller side.
        double[][] constant = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Repeat(1.5, Samples).ToArray())];

        var ofGenes = Compute(genes, 3);
        var ofSamples = Compute([.. genes, .. constant], 3);

        AssertClose(ofGenes.ExplainedVarianceRatio, ofSamples.ExplainedVarianceRatio, 1e-10);
        for (var component = 0; component < 3; component++) AssertClose(ofGenes.Scores[component], ofSamples.Scores[component], 1e-8 * ofGenes.Scores[component].Max(Math.Abs));
    }

    [Fact]
    public void Of_ManySamplesThatAreEqual_ExplainNothing()
    {
        var components = Compute([.. Enumerable.Range(0, 300).Select(gene => Enumerable.Repeat(gene * 0.1, 300).ToArray())], 2);

        Assert.Equal([0, 0], components.ExplainedVarianceRatio);
        Assert.All(components.Scores, score => Assert.All(score, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Of_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => PrincipalComponents.Of(NormalizationTests.Of(Genes), 2, new CancellationToken(canceled: true)));

    private static PrincipalComponents Compute(double[][] genes, int components) =>
        PrincipalComponents.Of(NormalizationTests.Of(genes), components, TestContext.Current.CancellationToken);

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Count(), actual.Count());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
