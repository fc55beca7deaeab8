using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Tests.Matrices;

public class AnnotationsTests
{
    private static readonly Annotations Table = new(["s1", "s2"], [new AnnotationColumn("sex", ["f", "m"])]);

    [Fact]
    public void AlignedTo_OtherOrderAndUnknownSample_ReordersAndNamesMissing()
    {
        var aligned = Table.AlignedTo(["s2", "s9", "s1"], out var missing);

        Assert.Equal(["s9"], missing);
        Assert.Equal(["m", "", "f"], aligned.Find("sex")!.Values);
    }

    [Fact]
    public void With_KnownAndNewName_ReplacesAndAppends()
    {
        var changed = Table.With("sex", ["x", "y"]).With("age", ["1", "2"]);

        Assert.Equal(["sex", "age"], changed.Columns.Select(column => column.Name));
        Assert.Equal(["x", "y"], changed.Find("sex")!.Values);
        Assert.Equal(["f", "m"], Table.Find("sex")!.Values);
    }

    [Fact]
    public void Constructor_UnevenOrRepeatedColumns_Throws()
    {
        Assert.Throws<ArgumentException>(() => Table.With("age", ["1"]));
        Assert.Throws<ArgumentException>(() => new Annotations(["s1"], [new AnnotationColumn("a", [""]), new AnnotationColumn("a", [""])]));
    }

    [Fact]
    public void AnnData_AnnotationsOfOtherSamples_Throws() =>
        Assert.Throws<ArgumentException>(() => new AnnData(new Matrix(["g"], ["s2", "s1"], [1, 2], MatrixScale.Counts), Table));
}
