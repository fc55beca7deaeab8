using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Tests.Cavatica;

public sealed class CavaticaOptionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("https://api.example.org/", null)]
    [InlineData("http://127.0.0.1:8080/", null)]
    [InlineData("http://api.example.org/", "https")]
    [InlineData("https://user:password@api.example.org/", "https")]
    [InlineData("api.example.org", "no address")]
    public void Endpoints_AreAddressesThatAKeyMayBeSentTo(string? value, string? fault)
    {
        var ofApi = new CavaticaOptionsValidator().Validate(null, new CavaticaOptions { Api = value });
        var ofWes = new CavaticaOptionsValidator().Validate(null, new CavaticaOptions { Wes = value });

        Assert.Equal((fault is null, fault is null), (ofApi.Succeeded, ofWes.Succeeded));
        if (fault is null) return;

        AssertOneLine("CAVATICA_API_ENDPOINT", fault, ofApi.Failures!);
        AssertOneLine("CAVATICA_WES_ENDPOINT", fault, ofWes.Failures!);
    }

    [Fact]
    public void Endpoints_ThatAreNotSet_AreCavaticas()
    {
        var options = new CavaticaOptions { Api = "" };

        Assert.Equal(("cavatica-api.sbgenomics.com", "cavatica-ga4gh-api.sbgenomics.com"), (options.ApiEndpoint.Host, options.WesEndpoint.Host));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("local", null, null)]
    [InlineData("wes", "registry.example.org/playbook-builder:1", null)]
    [InlineData("wes", null, "CAVATICA_WORKER_IMAGE")]
    [InlineData("wes", "", "CAVATICA_WORKER_IMAGE")]
    [InlineData("wes", "two words", "CAVATICA_WORKER_IMAGE")]
    [InlineData("moon", null, "SESSION_LAUNCHER")]
    public void Launcher_OnAPlatform_NeedsAnImage(string? launcher, string? image, string? fault)
    {
        var result = new ProxySessionOptionsValidator().Validate(null, new ProxySessionOptions { Launcher = launcher, Image = image });

        Assert.Equal(fault is null, result.Succeeded);
        if (fault is not null) AssertOneLine(fault, fault, result.Failures!);
    }

    private static void AssertOneLine(string variable, string fault, IEnumerable<string> failures)
    {
        var line = Assert.Single(failures);
        Assert.Contains(variable, line);
        Assert.Contains(fault, line);
        Assert.DoesNotContain('\n', line);
    }
}
