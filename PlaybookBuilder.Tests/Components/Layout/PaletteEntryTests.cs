using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web;
using PlaybookBuilder.Web.Components.Layout;
using PlaybookBuilder.Web.Components.Playbooks;

namespace PlaybookBuilder.Tests.Components.Layout;

public sealed class PaletteEntryTests
{
    private static readonly IReadOnlyList<PaletteEntry> Components = PaletteEntry.Components(TestCatalog.Instance);
    private static readonly RecentPlaybook Recent = new(Guid.Parse("01234567-89ab-8def-8123-456789abcdef"), "Ångström genes", 3, 0);

    [Fact]
    public void Find_NoWords_GivesRecentPlaybooksOnly() => Assert.Equal(["Ångström genes"], PaletteEntry.Find("", [Recent], Components, [], []).Select(entry => entry.Label));

    [Fact]
    public void Find_BeginningOfALabel_StandsFirst() => Assert.StartsWith("Gene Set", PaletteEntry.Find("gene set", [], Components, [], [])[0].Label);

    [Theory]
    [InlineData("Set", "Set")]
    [InlineData("gene set i", "Gene Set Input")]
    [InlineData("genes", "Genes of the liver")]
    public void Find_LabelThatIsOrBeginsWithAllThatWasTyped_StandsFirst(string words, string first)
    {
        PaletteEntry[] entries = [.. new[] { "Offset of genes", "A gene set", "Gene Set Input", "Set Theory", "Set", "Genes of the liver", "Gene Offset Set Inputs" }.Select(label => new PaletteEntry("Component", "function", "", label, "genes set input", label))];

        Assert.Equal(first, PaletteEntry.Find(words, [Recent], entries, [], [])[0].Label);
    }

    [Fact]
    public void Find_EveryWord_MustFit() => Assert.Empty(PaletteEntry.Find("gene zzzz", [Recent], Components, [], []));

    [Fact]
    public void Find_RecentByItsTitle_LeadsToItsBuilder() => Assert.Equal(AppUrls.Graph(Recent.Id), Assert.Single(PaletteEntry.Find("ångström", [Recent], Components, [], [])).Url);

    [Fact]
    public void Find_OwnAndPublished_AreFoundAndOwnStandsOnce()
    {
        var own = Saved("Ångström genes", Recent.Id);
        var published = Saved("Kidneys", Guid.NewGuid());

        Assert.Equal(["My playbook"], PaletteEntry.Find("", [Recent], Components, [own], [published]).Select(entry => entry.Kind));
        Assert.Equal("My playbook", Assert.Single(PaletteEntry.Find("ångström", [], Components, [own], [own])).Kind);
        Assert.Equal(AppUrls.OpenPublished(published.Id), Assert.Single(PaletteEntry.Find("angiotensin zz", [Recent], Components, [own], [published])).Url);
    }

    [Fact]
    public void Find_CommonWord_GivesNoMoreThanAScreenful() => Assert.InRange(PaletteEntry.Find("e", [], Components, [], []).Count, 1, 20);

    [Fact]
    public void Components_Hidden_AreLeftOut() => Assert.DoesNotContain(Components, entry => entry.Url == AppUrls.Component("FileInput") && TestCatalog.Instance.FindProcessType("FileInput") is { Description.Hidden: true });

    private static SavedPlaybook Saved(string title, Guid playbook) => new()
    {
        Id = Guid.NewGuid(), UserId = Guid.NewGuid(), PlaybookId = playbook, Version = 1, Title = title, Description = "", Authors = "Ada", Licence = "MIT", IsCurated = false, Clicks = 0,
        Created = DateTimeOffset.UnixEpoch, Updated = DateTimeOffset.UnixEpoch,
    };
}
