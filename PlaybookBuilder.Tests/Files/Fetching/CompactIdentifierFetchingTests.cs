using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Tests.Storage.Drs;

namespace PlaybookBuilder.Tests.Files.Fetching;

/// <summary>URLs of the form <c>drs://prefix:accession</c>, with a resolver that the operator allowed.</summary>
public sealed class CompactIdentifierFetchingTests : IAsyncLifetime
{
    private DrsServer _resolver = null!;
    private OtherSite _site = null!;

    public async ValueTask InitializeAsync() => (_resolver, _site) = (await DrsServer.StartAsync(), await OtherSite.StartAsync("127.0.0.2"));

    public async ValueTask DisposeAsync()
    {
        await _resolver.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Fetch_ACompactIdentifier_IsTheFileWhereItLeads()
    {
        Lead($"{_site.Address}ga4gh/drs/v1/objects/by-id");
        await using var servers = new Servers(_resolver.Resolver);
        await servers.InitializeAsync();
        using var answer = await servers.FetchAsync("drs://dg.4503:abc");

        var file = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("by_id.csv", $"{OtherSite.Content.Length}"), ($"{file["filename"]}", $"{file["size"]}"));
    }

    /// <summary>The resolver may say anything, so what it says is looked at as what users give is.</summary>
    [Fact]
    public async Task Find_LedInside_IsRefusedWithoutAsking()
    {
        Lead($"{_site.Address}ga4gh/drs/v1/objects/by-id");
        var options = Options.Create(new FetchOptions { AllowedNetworks = "127.0.0.1", ResolverText = _resolver.Resolver });
        var connections = new GuardedConnections(options, static (host, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(host)]));
        using var requests = new GuardedRequests(connections, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<FetchException>(() => new DrsClient(requests, connections, options, TimeProvider.System).FindAsync(new CompactIdentifier("dg.4503", "abc"), TestContext.Current.CancellationToken));

        Assert.Equal((FetchProblem.Refused, 0, 1), (refusal.Problem, _site.Asked, _resolver.Resolved));
    }

    [Theory]
    [InlineData("https://resolver.example.org/{id}", true)]
    [InlineData("", true)]
    [InlineData("https://resolver.example.org/", false)]
    [InlineData("ftp://resolver.example.org/{id}", false)]
    [InlineData("{id}", false)]
    public void Resolver_ThatIsNone_StopsTheStart(string resolver, bool isFine) => Assert.Equal(isFine, new FetchOptionsValidator().Validate(null, new FetchOptions { ResolverText = resolver }).Succeeded);

    private void Lead(string url) => _resolver.Places["dg.4503:abc"] = [new JsonObject { ["compactIdentifierResolvedUrl"] = url, ["official"] = true }];

    private sealed class Servers(string resolver) : FetchServers((FetchOptions.Variable, "127.0.0.0/8"), (FetchOptions.ResolverVariable, resolver));
}
