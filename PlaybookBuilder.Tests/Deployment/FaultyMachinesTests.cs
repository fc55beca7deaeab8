using System.Diagnostics;
using System.Globalization;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Programs that freeze, machines whose network is cut, and clocks that are wrong.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class FaultyMachinesTests(PostgresServer server, PublishedBrowser browser)
{
    private const string SelectRunning = "SELECT EXISTS (SELECT 1 FROM job WHERE state = 2)";

    // Requests wait 15 s for the answer of a database, and then for a connection over which to take back what they asked.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    private static readonly (string, string)[] OneSlot = [("N_WORKERS", "1")];

    [Fact]
    public async Task FrozenWorker_WhoseJobRanElsewhereMeanwhile_IsRefusedAndGoesOnServing()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await PostgresSession.OpenAsync(url);
        await FinishLog.BeginAsync(session.Connection);
        await using var deployment = await Deployment.StartAsync(url, replicas: 1, workers: 0);
        await deployment.AddWorkerAsync(OneSlot);
        var id = await FreezeAtWorkAsync(deployment, session);

        // As if it had been frozen for a day: longer than any step may take.
        await session.ExecuteAsync("UPDATE job SET started = started - interval '1 day'");
        await deployment.AddWorkerAsync(OneSlot);
        Assert.Equal("PlotlyPlot", (await deployment.OutputAsync(0, id)).Type);
        await deployment.Workers[0].SignalAsync("CONT");
        await deployment.KillWorkerAsync(1);

        // It has one slot, so it takes this only after it was refused.
        var next = await deployment.PostAsync(0, Deployment.Chain("AFTERWARDS", 3));
        Assert.Contains("AFTERWARDS", (await deployment.OutputAsync(0, next)).Value, StringComparison.Ordinal);
        var (finishes, processes) = await FinishLog.ReadAsync(session.Connection);
        Assert.Equal(processes, finishes);
        Assert.Equal(200, await deployment.StatusOfAsync(deployment.Workers[0], "/readyz"));
    }

    [Fact]
    public async Task CutNetwork_RunsItsJobsElsewhereAndSaysSo_AndHealsByItself()
    {
        await using var network = await CutNetwork.LayAsync();
        var binaries = Requirement.Need(PostgresServerProcess.FindBinaries(), "PostgreSQL is not installed; ./test installs it where it can.");
        await using var postgres = await PostgresServerProcess.StartAsync(binaries, $"listen_addresses = '127.0.0.1,{CutNetwork.Near}'");
        await postgres.TrustAsync($"{CutNetwork.Near}/30");
        var url = postgres.UrlOf("postgres");
        await PostgresServer.MigrateAsync(url);
        await using var session = await PostgresSession.OpenAsync(url);
        await FinishLog.BeginAsync(session.Connection);
        await using var deployment = await Deployment.StartAsync(url, replicas: 1, workers: 0);
        (string, string)[] far = [("DATABASE_URL", url.Replace("127.0.0.1", CutNetwork.Near, StringComparison.Ordinal))];
        await deployment.AddReplicaAsync(far, network.Starter);
        await deployment.AddWorkerAsync([.. far, .. OneSlot], network.Starter);
        var (replica, worker) = (deployment.Replicas[1], deployment.Workers[0]);
        foreach (var program in new[] { replica, worker }) await UntilAnswersAsync(network, program, "200");
        var id = await FreezeAtWorkAsync(deployment, session);

        await network.CutAsync();
        var since = Stopwatch.GetTimestamp();
        var asked = TimedAsync(network.AskAsync(replica.Address, $"/api/db/fpl/{Guid.NewGuid()}/status"), since);
        await worker.SignalAsync("CONT");
        await deployment.AddWorkerAsync();
        foreach (var program in new[] { replica, worker }) await UntilAnswersAsync(network, program, "503");
        Assert.Equal("PlotlyPlot", (await deployment.OutputAsync(0, id)).Type);
        var (answer, after) = await asked;
        Assert.Contains("503", answer, StringComparison.Ordinal);
        Assert.True(after < LongestAnswer, $"It took {after}.");

        await network.MendAsync();
        foreach (var program in new[] { replica, worker }) await UntilAnswersAsync(network, program, "200");
        await deployment.KillWorkerAsync(1);
        var next = await deployment.PostAsync(0, Deployment.Chain("AFTERWARDS", 3));
        Assert.Contains("AFTERWARDS", (await deployment.OutputAsync(0, next)).Value, StringComparison.Ordinal);
        var (finishes, processes) = await FinishLog.ReadAsync(session.Connection);
        Assert.Equal(processes, finishes);
    }

    [Fact]
    public async Task WrongClocks_AnHourOffEitherWay_ChangeNothing()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await PostgresSession.OpenAsync(url);
        await FinishLog.BeginAsync(session.Connection);
        await using var deployment = await Deployment.StartAsync(url, replicas: 0, workers: 0);
        // The first one makes the keys that protect what browsers hold.
        await deployment.AddReplicaAsync(Clock("+1h"));
        await deployment.AddReplicaAsync(Clock("-1h"));
        await deployment.AddWorkerAsync([.. Clock("-1h"), .. OneSlot]);
        await deployment.AddWorkerAsync([.. Clock("+1h"), .. OneSlot]);
        Assert.InRange(await ClockOfAsync(deployment.Replicas[0]), 0.9, 1.1);
        Assert.InRange(await ClockOfAsync(deployment.Replicas[1]), -1.1, -0.9);
        Assert.Equal(1, await session.ReadAsync<long>("SELECT count(*) FROM data_protection_key"));

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => deployment.PostAsync(i % 2, Deployment.Chain($"SET{i}", 6))));
        var outputs = await Task.WhenAll(ids.Select((id, i) => deployment.OutputAsync((i + 1) % 2, id)));
        Assert.All(outputs, (output, i) => Assert.Contains($"SET{i}", output.Value, StringComparison.Ordinal));
        // Nothing was taken from a worker that lives, whatever it thinks the time is; one that is killed loses its job to the other.
        Assert.Equal((120L, 120L), await FinishLog.ReadAsync(session.Connection));
        Assert.True(await session.ReadAsync<bool>("SELECT bool_and(abs(extract(epoch FROM now() - created)) < 600) FROM resolution"));
        var slow = await FreezeAtWorkAsync(deployment, session);
        var victim = await session.ReadAsync<int>("SELECT worker FROM job WHERE state = 2") == await session.ReadAsync<int>("SELECT min(objid::int) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") ? 0 : 1;
        await deployment.KillWorkerAsync(victim);
        await deployment.Workers[0].SignalAsync("CONT");
        Assert.Equal("PlotlyPlot", (await deployment.OutputAsync(0, slow)).Type);

        await using var page = await browser.OpenAtAsync(deployment.Replicas[0]);
        await page.Page.BeginAsync("Gene Set Input");
        await page.Page.GotoAsync(new Uri(deployment.Replicas[1].Address, new Uri(page.Page.Url).PathAndQuery).ToString());
        await page.Page.WaitUntilInteractiveAsync();
        await page.Page.Locator("form.prompt textarea").FillAsync("ACE2\nTP53");
        await page.Page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.Page.WaitUntilDoneAsync("Gene Set Input");
    }

    /// <summary>Has a worker of one slot begin a step, and stops all workers before it ends.</summary>
    /// <returns>The playbook whose output that step gives.</returns>
    private static async Task<string> FreezeAtWorkAsync(Deployment deployment, PostgresSession session)
    {
        for (var attempt = 0; ; attempt++)
        {
            var file = await deployment.UploadAsync(0, $"large{attempt}.csv", Deployment.Matrix(genes: 40_000, samples: 100 + attempt));
            var id = await deployment.PostAsync(0, Deployment.LibrarySizes(file));
            await deployment.RequestAsync(0, id);
            await session.UntilAsync(SelectRunning);
            foreach (var worker in deployment.Workers) await worker.SignalAsync("STOP");
            // Until the server has answered what they had asked before they were stopped, as far as the answers find room on the way to them.
            await session.UntilAsync("SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'playbook-builder' AND state = 'active' AND wait_event IS DISTINCT FROM 'ClientWrite')");
            if (await session.ReadAsync<bool>(SelectRunning)) return id;

            foreach (var worker in deployment.Workers) await worker.SignalAsync("CONT");
        }
    }

    private static async Task<(T Value, TimeSpan After)> TimedAsync<T>(Task<T> task, long since) => (await task, Stopwatch.GetElapsedTime(since));

    private static async Task UntilAnswersAsync(CutNetwork network, PublishedProgram program, string status)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(EngineHost.Patience);
        string answer;
        while (!(answer = await network.AskAsync(program.Address, "/readyz")).Contains(status, StringComparison.Ordinal)) Assert.False(limit.IsCancellationRequested, $"It answers {answer}.");
    }

    // All clocks of the process are moved alike, so that its waits are as long as they should be.
    private static (string, string)[] Clock(string offset)
    {
        var found = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists);
        var library = Requirement.Need(found, "libfaketime is missing; ./test installs it where it can.");
        return [("LD_PRELOAD", library), ("FAKETIME", offset), ("FAKETIME_FORCE_MONOTONIC_FIX", "1")];
    }

    /// <summary>How many hours the program's clock is ahead.</summary>
    private static async Task<double> ClockOfAsync(PublishedProgram program)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(program.Address, "/healthz"), TestContext.Current.CancellationToken);
        var clock = answer.Headers.Date ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program.Address} told no time."));
        return (clock - TimeProvider.System.GetUtcNow()).TotalHours;
    }
}
