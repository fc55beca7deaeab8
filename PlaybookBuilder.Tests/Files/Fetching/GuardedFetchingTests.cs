using System.Net;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files.Fetching;

namespace PlaybookBuilder.Tests.Files.Fetching;

/// <summary>What must not be fetched: a server on this machine is never asked, whatever its address is made to look like.</summary>
public sealed class GuardedFetchingTests(FetchServers servers) : IClassFixture<FetchServers>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:PORT/counts.csv")]
    [InlineData("http://localhost:PORT/counts.csv")]
    // What no resolver here knows.
    [InlineData("http://LOCALHOST.:PORT/counts.csv", HttpStatusCode.BadGateway)]
    [InlineData("http://127.1:PORT/counts.csv")]
    [InlineData("http://2130706433:PORT/counts.csv")]
    [InlineData("http://0x7f000001:PORT/counts.csv")]
    [InlineData("http://0177.0.0.1:PORT/counts.csv")]
    [InlineData("http://0x7f.0.0.1:PORT/counts.csv")]
    [InlineData("http://0.0.0.0:PORT/counts.csv")]
    [InlineData("http://[::1]:PORT/counts.csv")]
    [InlineData("http://[::]:PORT/counts.csv")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/counts.csv")]
    [InlineData("http://[::ffff:7f00:1]:PORT/counts.csv")]
    [InlineData("http://[64:ff9b::127.0.0.1]:PORT/counts.csv")]
    [InlineData("http://[::127.0.0.1]:PORT/counts.csv")]
    [InlineData("http://①②⑦.⓪.⓪.①:PORT/counts.csv", HttpStatusCode.BadGateway)]
    [InlineData("http://127。0。0。1:PORT/counts.csv")]
    [InlineData("http://example.org@127.0.0.1:PORT/counts.csv")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("drs://127.0.0.1:PORT/as-object")]
    [InlineData("drs://localhost:PORT/as-object")]
    [InlineData("file:///etc/passwd")]
    public async Task Fetch_WhatIsInside_IsRefusedWithoutAsking(string url, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var answer = await servers.FetchAsync(url.Replace("PORT", $"{servers.Site.Port}", StringComparison.Ordinal));

        Assert.Equal((status, 0), (answer.StatusCode, servers.Site.Asked));
    }

    [Fact]
    public async Task Get_FromANameThatChangesItsAddress_AsksWhereItLooked()
    {
        await using var allowed = await OtherSite.StartAsync("127.0.0.2");
        await using var inside = await OtherSite.StartAsync("127.0.0.1", allowed.Port);
        var answers = new Queue<string>(["127.0.0.2", "127.0.0.1", "127.0.0.1"]);
        using var requests = Requests("127.0.0.2", _ => [IPAddress.Parse(answers.Dequeue())]);

        using var answer = await requests.GetAsync(new Uri($"http://changing.example:{allowed.Port}/counts.csv"), [], null, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((1, 0), (allowed.Asked, inside.Asked));
        // Asked anew it leads inside, and is refused.
        using var other = Requests("127.0.0.2", _ => [IPAddress.Parse(answers.Dequeue())]);
        var refusal = await Assert.ThrowsAsync<FetchException>(() => other.GetAsync(new Uri($"http://changing.example:{allowed.Port}/counts.csv"), [], null, Cancellation));
        Assert.Equal((FetchProblem.Refused, 0), (refusal.Problem, inside.Asked));
    }

    [Fact]
    public async Task Get_FromANameWithAnAddressInsideAmongOthers_IsRefused()
    {
        using var requests = Requests("", _ => [IPAddress.Parse("1.1.1.1"), IPAddress.Loopback]);

        var refusal = await Assert.ThrowsAsync<FetchException>(() => requests.GetAsync(new Uri("http://both.example/"), [], null, Cancellation));

        Assert.Equal(FetchProblem.Refused, refusal.Problem);
        Assert.DoesNotContain("127", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RedirectedToAnotherHost_TakesNoHeadersAlong()
    {
        await using var other = await OtherSite.StartAsync("127.0.0.2");
        await using var site = await OtherSite.StartAsync();
        using var requests = Requests("127.0.0.0/8", static host => [IPAddress.Parse(host)]);

        var refusal = await Assert.ThrowsAsync<FetchException>(() => requests.GetAsync(new Uri($"{site.Address}to?url={other.Address}needs-header"), [new("X-Key", "7")], null, Cancellation));

        Assert.Contains("(403)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/8, 192.168.1.7, fd00::/8", true)]
    [InlineData("", true)]
    [InlineData("10.0.0.1/8", true)]
    [InlineData("everything", false)]
    [InlineData("10.0.0.0/33", false)]
    public void Networks_ThatAreNone_StopTheStart(string networks, bool isFine) =>
        Assert.Equal(isFine, new FetchOptionsValidator().Validate(null, new FetchOptions { AllowedNetworks = networks }).Succeeded);

    private static GuardedRequests Requests(string allowed, Func<string, IPAddress[]> resolve) =>
        new(new GuardedConnections(Options.Create(new FetchOptions { AllowedNetworks = allowed }), (host, _) => Task.FromResult(resolve(host))), TimeProvider.System);
}
