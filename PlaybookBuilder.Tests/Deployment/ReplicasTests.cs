using System.Diagnostics;
using Microsoft.Playwright;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Two replicas and two workers on one Postgres.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ReplicasTests(PostgresServer server, PublishedBrowser browser)
{
    [Fact]
    public async Task Post_AtOneReplica_GivesItsOutputAtTheOther()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 2, workers: 2);

        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => deployment.PostAsync(i % 2, Deployment.Chain($"SET{i}", 6))));
        var outputs = await Task.WhenAll(ids.Select((id, i) => deployment.OutputAsync((i + 1) % 2, id)));

        Assert.All(outputs, (output, i) => Assert.Contains($"SET{i}", output.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_AtOneReplica_ShowsWhatAWorkerComputed()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 2, workers: 1);
        await using var session = await browser.OpenAtAsync(deployment.Replicas[0]);
        var page = session.Page;
        await page.BeginAsync("Gene Set Input");
        await page.Locator("form.prompt textarea").FillAsync("ACE2\nTP53");
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync("Gene Set Input");

        // A browser that is sent elsewhere, because its replica is gone, goes on there.
        await deployment.Replicas[0].KillAsync();
        await page.GotoAsync(new Uri(deployment.Replicas[1].Address, new Uri(page.Url).PathAndQuery).ToString());
        await page.WaitUntilInteractiveAsync();
        await page.WaitUntilDoneAsync("Gene Set Input");
    }

    // Through one address, as behind a load balancer: what the browser keeps belongs to that.
    [Fact]
    public async Task Page_WhoseReplicaIsKilled_OpensAgainOnTheOtherWithWhatWasTyped()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 2, workers: 1);
        await using var relay = new TcpRelay(deployment.Replicas[0].Address.Port);
        await using var session = await browser.OpenAtAsync(new Uri($"http://127.0.0.1:{relay.Port}"));
        var page = session.Page;
        await page.BeginAsync("Gene Set Input");
        var address = page.Url;
        var genes = page.Locator("form.prompt fieldset:not([disabled]) textarea");
        await genes.PressSequentiallyAsync("ACE2\nTP53");

        relay.Target = deployment.Replicas[1].Address.Port;
        await deployment.Replicas[0].KillAsync();
        await BrowserSession.SeeAsync(page.Locator("#components-reconnect-modal"));

        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(address);
        await Assertions.Expect(genes).ToHaveValueAsync("ACE2\nTP53");
        await page.WaitUntilInteractiveAsync();
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync("Gene Set Input");
    }

    [Fact]
    public async Task KilledWorker_ItsJob_RunsAgainElsewhere()
    {
        await using var deployment = await Deployment.StartAsync(await server.NewDatabaseAsync(), replicas: 1, workers: 2);
        var file = await deployment.UploadAsync(0, "large.csv", Deployment.Matrix(genes: 40_000, samples: 200));
        var id = await deployment.PostAsync(0, Deployment.LibrarySizes(file));
        var output = deployment.OutputAsync(0, id);
        await WaitUntilRunningAsync(deployment, id);

        // Either may have it; the other goes on.
        await deployment.Workers[0].KillAsync();
        await deployment.AddWorkerAsync();
        await deployment.Workers[1].KillAsync();

        Assert.Equal("PlotlyPlot", (await output).Type);
    }

    [Fact]
    public async Task Requests_WhilePostgresRestarts_AreAnsweredRight()
    {
        var binaries = PostgresServerProcess.FindBinaries();
        Assert.SkipWhen(binaries is null, "PostgreSQL is not installed; ./test installs it where it can.");
        await using var postgres = await PostgresServerProcess.StartAsync(binaries);
        await PostgresServer.MigrateAsync(postgres.UrlOf("postgres"));
        await using var deployment = await Deployment.StartAsync(postgres.UrlOf("postgres"), replicas: 2, workers: 2);
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(client => Task.Run(() => AskAsync(deployment, client, enough.Token))).ToArray();

        foreach (var mode in new[] { "fast", "immediate" })
        {
            await PassAsync(TimeSpan.FromSeconds(1));
            await postgres.StopAsync(mode);
            await PassAsync(TimeSpan.FromMilliseconds(300));
            await postgres.StartAsync();
        }

        await PassAsync(TimeSpan.FromSeconds(2));
        await enough.CancelAsync();
        var answered = await Task.WhenAll(clients);

        Assert.All(answered, count => Assert.True(count > 0, "nothing was answered"));
        Assert.All(deployment.Replicas.Concat(deployment.Workers), program => Assert.False(program.HasExited, string.Join(Environment.NewLine, program.Output)));
    }

    private static async Task<int> AskAsync(Deployment deployment, int client, CancellationToken enough)
    {
        var answered = 0;
        for (; !enough.IsCancellationRequested; answered++)
        {
            var name = $"C{client}N{answered}";
            var id = await deployment.PostAsync(client % 2, Deployment.Chain(name, 3));
            Assert.Contains(name, (await deployment.OutputAsync((client + 1) % 2, id)).Value, StringComparison.Ordinal);
        }

        return answered;
    }

    private static async Task WaitUntilRunningAsync(Deployment deployment, string id)
    {
        var since = Stopwatch.GetTimestamp();
        while (!(await deployment.GetAsync(deployment.Replicas[0], $"/api/db/fpl/{id}/status")).Contains("running", StringComparison.OrdinalIgnoreCase))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < EngineHost.Patience, "It never ran.");
        }
    }

    // Of the load and the restarts, not of anything that is waited for.
    private static Task PassAsync(TimeSpan time) => Task.Delay(time, TestContext.Current.CancellationToken);
}
