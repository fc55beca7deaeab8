using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web;

namespace PlaybookBuilder.Tests;

public sealed class AppUrlsTests
{
    private static readonly Guid Id = Guid.Parse("01234567-89ab-8def-8123-456789abcdef");

    [Fact]
    public void Graph_HeadOfPlaybook_NamesOnlyThePlaybook()
    {
        var playbook = Playbook.Empty.Extend(new Process("A")).Extend(new Process("B"));

        Assert.Equal($"graph/{playbook.Id}", AppUrls.Graph(playbook, 1));
    }

    [Fact]
    public void Graph_EarlierStep_NamesTheStep()
    {
        var playbook = Playbook.Empty.Extend(new Process("A")).Extend(new Process("B"));

        Assert.Equal($"graph/{playbook.Id}/node/{playbook.Steps[0].Id}", AppUrls.Graph(playbook, 0));
    }

    [Fact]
    public void Graph_SeveralSteps_NamesThemInOrder()
    {
        var playbook = Playbook.Empty.Extend(new Process("A")).Extend(new Process("B"));

        Assert.Equal($"graph/{playbook.Id}/node/{playbook.Steps[1].Id},{playbook.Steps[0].Id}", AppUrls.Graph(playbook, [1, 0]));
    }

    [Fact]
    public void AllAddresses_AreRelativeToTheBase()
    {
        string[] urls = [AppUrls.Start, AppUrls.Components, AppUrls.Import, AppUrls.Graph(Id), AppUrls.Extend(), AppUrls.Extend(Id), AppUrls.Extend(Id, [Id]), AppUrls.ExtendAtStart(Id), AppUrls.Report(Id), AppUrls.Report(Id, Id), AppUrls.Component("Set[Gene]"), AppUrls.Export(Id), AppUrls.ExportWithOutputs(Id), AppUrls.Playbooks, AppUrls.CommunityPlaybooks, AppUrls.AccountPlaybooks, AppUrls.SignInFor("/graph"), AppUrls.OpenPublished(Id), AppUrls.Suggest(), AppUrls.Suggest(Id), AppUrls.ReportWrongResult(Id, Id)];

        Assert.All(urls, url => Assert.False(url.StartsWith('/') || url.Contains("://", StringComparison.Ordinal), url));
    }

    [Theory]
    [InlineData("Set[Gene]")]
    [InlineData("SelectFromScored[Scored[Gene], up]")]
    [InlineData("Term[GEO Accession]")]
    [InlineData("a/b?c#d%é")]
    public void Component_AnySpec_SurvivesTheAddress(string spec)
    {
        var url = AppUrls.Component(spec);

        Assert.Equal(2, url.Split('/').Length);
        Assert.DoesNotContain('?', url);
        Assert.DoesNotContain('#', url);
        Assert.Equal(spec, Uri.UnescapeDataString(url.Split('/')[1]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("start")]
    public void TryParsePlaybook_NoSteps_GivesNull(string? text)
    {
        Assert.True(AppUrls.TryParsePlaybook(text, out var id));
        Assert.Null(id);
    }

    [Theory]
    [InlineData("xyz")]
    [InlineData("01234567-89ab-8def-8123-456789abcde")]
    [InlineData("{01234567-89ab-8def-8123-456789abcdef}")]
    [InlineData("Start")]
    public void TryParsePlaybook_Malformed_IsRefused(string text) => Assert.False(AppUrls.TryParsePlaybook(text, out _));

    [Fact]
    public void ParseSteps_Repeated_NamesEachOnce() => Assert.Equal([Id], AppUrls.ParseSteps($"{Id},{Id}"));

    [Fact]
    public void ParseSteps_Start_NamesNone() => Assert.Empty(AppUrls.ParseSteps("start")!);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("01234567-89ab-8def-8123-456789abcdef,x")]
    public void ParseSteps_Malformed_GivesNull(string text) => Assert.Null(AppUrls.ParseSteps(text));
}
