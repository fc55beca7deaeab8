using System.Net;
using System.Text;
using Microsoft.Playwright;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>The topology of the compose file as processes: Postgres, two replicas, two workers, and nginx with the template of the ingress.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class IngressTests(PostgresServer server, PublishedBrowser browser)
{
    private const string Input = "Gene Set Input";
    private const string Library = "Treat Gene Set as GMT";
    private const string Union = "Compute Union Gene Set";
    private const string Typed = "STAT3\nKLF4";

    [Fact]
    public async Task Browser_WhoseReplicaIsKilled_GoesOnAtTheOtherWithNothingLost()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 2, workers: 2);
        await using var ingress = await Ingress.StartAsync(deployment.Replicas);
        await using var session = await browser.OpenAtAsync(ingress.Address, new() { IgnoreHTTPSErrors = true });
        var page = session.Page;
        await page.BeginAsync(Input);
        await page.Locator("form.prompt textarea").FillAsync("ACE2\nTP53");
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync(Input);
        await page.ChooseAsync(Library);
        await page.ChooseAsync(Union);
        await page.WaitUntilDoneAsync(Union);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add another input" }).ClickAsync();
        await page.ChooseAsync(Input);
        var genes = page.Locator("form.prompt fieldset:not([disabled]) textarea");
        await genes.PressSequentiallyAsync(Typed);
        var address = page.Url;

        var circuit = Assert.Single(session.Sockets, socket => !socket.IsClosed);
        Assert.StartsWith($"wss://{ingress.Address.Authority}/_blazor", circuit.Url, StringComparison.Ordinal);
        var replica = Assert.Single(await ReplicasOfAsync(ingress));
        var killed = Assert.Single(deployment.Replicas, program => program.Address.Authority == replica);
        var other = Assert.Single(deployment.Replicas, program => program != killed);
        await killed.KillAsync();

        // Nobody reloads the page: it comes back by itself.
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await BrowserSession.SeeAsync(page.GetByText("Your unsubmitted entries were restored."));
        await Assertions.Expect(page).ToHaveURLAsync(address);
        await Assertions.Expect(genes).ToHaveValueAsync(Typed);
        await page.WaitUntilInteractiveAsync();
        Assert.True(circuit.IsClosed);
        Assert.False(session.Sockets.Last().IsClosed);
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync(Input);
        await page.Locator("ol.path a[data-step]").Filter(new() { HasText = Union }).First.ClickAsync();
        await BrowserSession.SeeAsync(page.StepOf(Union).GetByRole(AriaRole.Cell, new() { Name = "ACE2", Exact = true }));
        Assert.Equal(other.Address.Authority, (await ReplicasOfAsync(ingress))[^1]);
    }

    [Fact]
    public async Task Client_WithItsCookie_StaysWithOneReplicaAndNewOnesAreSpread()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 2, workers: 0);
        await using var ingress = await Ingress.StartAsync(deployment.Replicas);
        using var faithful = ingress.NewClient(keepsCookies: true);
        using var forgetful = ingress.NewClient(keepsCookies: false);

        for (var i = 0; i < 20; i++) await faithful.GetStringAsync("/healthz?faithful", TestContext.Current.CancellationToken);
        using var first = await forgetful.GetAsync("/healthz?forgetful", TestContext.Current.CancellationToken);
        for (var i = 0; i < 40; i++) await forgetful.GetStringAsync("/healthz?forgetful", TestContext.Current.CancellationToken);

        Assert.Single(await ReplicasOfAsync(ingress, "?faithful"));
        Assert.Equal(2, (await ReplicasOfAsync(ingress, "?forgetful")).Length);
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.All(["; HttpOnly", "; Secure", "; SameSite=Lax"], attribute => Assert.Contains(attribute, cookie, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_WhileReplicasAreReplacedOrKilled_AreAllAnsweredRight(bool isKilled)
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 2, workers: 1);
        await using var ingress = await Ingress.StartAsync(deployment.Replicas);
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(client => Task.Run(() => AskAsync(ingress, client, enough.Token))).ToArray();
        foreach (var replica in deployment.Replicas) await UntilAnsweredAsync(ingress, replica);

        for (var replica = 0; replica < 2; replica++)
        {
            if (isKilled) await deployment.Replicas[replica].KillAsync();
            await deployment.ReplaceReplicaAsync(replica);
            // One that was passed over is asked again after a while only.
            await UntilAnsweredAsync(ingress, deployment.Replicas[replica]);
        }

        await enough.CancelAsync();

        Assert.All(await Task.WhenAll(clients), count => Assert.True(count > 0, "nothing was answered"));
    }

    [Fact]
    public async Task Requests_ThroughTheIngress_AreNobodysAndByHttps()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 1, workers: 0);
        await using var ingress = await Ingress.StartAsync(deployment.Replicas);
        using var client = ingress.NewClient(keepsCookies: true);

        // The ingress is on this machine, as is the local user; neither that nor what a client says of itself makes it one.
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[3_000_000]), "file", "large.bin" } };
        using var upload = new HttpRequestMessage(HttpMethod.Post, FileUploadApi.Path) { Content = form, Headers = { { "X-Forwarded-For", "127.0.0.1" } } };
        using var refused = await client.SendAsync(upload, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        // More than nginx takes unless it is told to.
        using var large = await client.PostAsync("/api/db/fpl", new StringContent(Deployment.Chain(new string('A', 3_000_000), 1), Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, large.StatusCode);

        using var measurements = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, measurements.StatusCode);

        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var redirect = await plain.GetAsync(new Uri(ingress.PlainAddress, "/graph?x=1"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PermanentRedirect, redirect.StatusCode);
        Assert.Equal(new Uri(ingress.Address, "/graph?x=1"), redirect.Headers.Location);
        Assert.Equal("well\n", await plain.GetStringAsync(new Uri(ingress.PlainAddress, "/ingress-health"), TestContext.Current.CancellationToken));
        // Asked of no replica.
        Assert.Contains("- 404 \"-\" GET /metrics", await ingress.ReadLogAsync());
    }

    /// <summary>Posts playbooks and reads pages, sometimes as somebody new.</summary>
    private static async Task<int> AskAsync(Ingress ingress, int client, CancellationToken enough)
    {
        var answered = 0;
        using var http = ingress.NewClient(keepsCookies: client % 2 == 0);
        for (; !enough.IsCancellationRequested; answered++)
        {
            using var posted = await http.PostAsync("/api/db/fpl", new StringContent(Deployment.Chain($"C{client}N{answered}", 3), Encoding.UTF8, "application/json"), CancellationToken.None);
            Assert.True(posted.IsSuccessStatusCode, $"POST {answered} of client {client}: {posted.StatusCode}");
            var id = (await posted.Content.ReadAsStringAsync(CancellationToken.None)).Trim('"');
            using var output = await http.GetAsync($"/api/db/fpl/{id}/output", CancellationToken.None);
            Assert.True(output.IsSuccessStatusCode, $"GET of output {answered} of client {client}: {output.StatusCode}");
            Assert.Contains($"C{client}N{answered}", await output.Content.ReadAsStringAsync(CancellationToken.None), StringComparison.Ordinal);
            using var page = await http.GetAsync($"/graph/{id}", CancellationToken.None);
            Assert.True(page.IsSuccessStatusCode, $"GET of page {answered} of client {client}: {page.StatusCode}");
        }

        return answered;
    }

    /// <summary>Waits until a replica is given requests, from now on.</summary>
    private static async Task UntilAnsweredAsync(Ingress ingress, PublishedProgram replica)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        using var client = ingress.NewClient(keepsCookies: false);
        var before = (await ingress.ReadLogAsync()).Length;
        do
        {
            await client.GetStringAsync("/healthz", limit.Token);
        }
        while (!(await ingress.ReadLogAsync()).Skip(before).Any(line => line.StartsWith($"{replica.Address.Authority} 200", StringComparison.Ordinal)));
    }

    /// <summary>The replicas that answered, without repeats, in the order of their last answers.</summary>
    private static async Task<string[]> ReplicasOfAsync(Ingress ingress, string path = "") =>
        [.. (await ingress.ReadLogAsync()).Where(line => line.EndsWith(path, StringComparison.Ordinal)).Reverse().Select(line => line.Split(' ')).Where(parts => parts[1].Length == 3).Select(parts => parts[0]).Distinct().Reverse()];
}
