using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Tests.Catalog;

public sealed class StoryTextTests
{
    private static readonly Citation Work = Citation.OfDoi("10.1000/182", "A work");

    [Fact]
    public void Parts_OfAnInterpolatedString_KeepCitationsAndFigures()
    {
        StoryText text = $"Seen in {Figure.Of("Gmt")} by {Work}.";

        Assert.Equal(["Seen in ", Figure.Of("Gmt"), " by ", Work, "."], text.Parts);
    }

    [Fact]
    public void Parts_OfPlainText_AreOne()
    {
        StoryText text = "Plain.";

        Assert.Equal(["Plain."], text.Parts);
    }

    [Fact]
    public void Parts_OfTextAndNumbers_AreInvariant()
    {
        string? nothing = null;
        StoryText text = $"{nothing}{"é"} {0.5} {1234567:N0}";

        Assert.Equal("é 0.5 1,234,567", string.Concat(text.Parts));
    }

    [Fact]
    public void Parts_OfAnotherText_AreTakenIn()
    {
        StoryText inner = $"by {Work}";
        StoryText text = $"Made {inner}.";

        Assert.Equal(["Made ", "by ", Work, "."], text.Parts);
    }

    [Fact]
    public void OfDoi_Doi_BecomesAnAddress() => Assert.Equal("https://doi.org/10.1000/182", Work.Url);
}
