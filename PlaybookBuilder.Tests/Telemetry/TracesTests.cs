using System.Diagnostics;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using Programs = PlaybookBuilder.Tests.Deployment.Deployment;

namespace PlaybookBuilder.Tests.Telemetry;

/// <summary>One trace follows a request or a click through the queue and a worker, which are processes of their own, to the result.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class TracesTests(PostgresServer server, PublishedBrowser browser)
{
    [Fact]
    public async Task Request_ThatAsksForResults_IsOneTraceThroughTheQueueAndTheWorker()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var programs = await Programs.StartAsync(await server.NewDatabaseAsync(), replicas: 1, workers: 1, settings: collector.Settings);
        var id = await programs.PostAsync(0, Programs.Chain("TRACED", 2));
        var (trace, caller) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());

        await programs.OutputAsync(0, id, $"00-{trace}-{caller}-01");

        var spans = await collector.WaitForTraceAsync(spans => spans[0].TraceId == trace && spans.Count(span => span.Name == "finish") == 2 && spans.Any(span => span.ParentId == caller));
        var request = Assert.Single(spans, span => span.ParentId == caller);
        var enqueue = Assert.Single(spans, span => span.Name == "enqueue");
        Assert.Equal(("serve", request.Id, "serve"), (request.Role, enqueue.ParentId, enqueue.Role));
        Assert.Equal(["run GenesetToGMT", "run Input[Set[Gene]]"], spans.Where(span => span.Role == "worker" && span.Name.StartsWith("run ", StringComparison.Ordinal)).Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.All(spans.Where(span => span.Role == "worker"), span => Assert.Equal(enqueue.Id, span.ParentId));
        Assert.All(spans.Where(span => span.Name.StartsWith("run ", StringComparison.Ordinal)), span => Assert.Equal("data", span.Attributes["playbook.job.outcome"]));
    }

    [Fact]
    public async Task Click_InTheBrowser_IsOneTraceToTheResultThatIsShown()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var programs = await Programs.StartAsync(await server.NewDatabaseAsync(), replicas: 1, workers: 1, settings: collector.Settings);
        await using var session = await browser.OpenAtAsync(programs.Replicas[0]);
        await session.Page.BeginAsync("Gene Set Input");
        await session.Page.Locator("form.prompt textarea").FillAsync("ACE2\nTP53");
        await session.Page.Locator("form.prompt button[type=submit]").ClickAsync();
        await session.Page.WaitUntilDoneAsync("Gene Set Input");

        var spans = await collector.WaitForTraceAsync(spans => Has(spans, "run Input[Set[Gene]]") && Has(spans, "finish") && Has(spans, "show results") && spans.Any(span => span.ParentId.Length == 0));

        var click = Assert.Single(spans, span => span.ParentId.Length == 0);
        Assert.Equal(("Microsoft.AspNetCore.Components", "onsubmit"), (click.Scope, click.Attributes["aspnetcore.components.attribute.name"]));
        Assert.Equal("worker", Assert.Single(spans, span => span.Name == "run Input[Set[Gene]]").Role);
        Assert.All(spans.Where(span => span.Name is "open playbook" or "show results"), span => Assert.Equal((click.Id, "serve"), (span.ParentId, span.Role)));
    }

    [Fact]
    public async Task Request_AtTheEmbeddedDatabase_IsOneTraceToItsRun()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var folder = new TemporaryFolder();
        await using var program = await PublishedProgram.StartAsync(folder, settings: new Dictionary<string, string>(collector.Settings) { ["DATABASE_URL"] = "memory:" });
        using var client = new HttpClient { BaseAddress = program.Address };
        using var posted = await client.PostAsync("/api/db/fpl", new StringContent(Programs.Chain("TRACED", 2), System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var id = System.Text.Json.JsonSerializer.Deserialize<string>(await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await client.GetStringAsync($"/api/db/fpl/{id}/output", TestContext.Current.CancellationToken);

        await collector.WaitForTraceAsync(spans => Has(spans, "enqueue") && Has(spans, "run Input[Set[Gene]]") && Has(spans, "run GenesetToGMT"));
    }

    private static bool Has(IEnumerable<ReceivedSpan> spans, string name) => spans.Any(span => span.Name == name);
}
