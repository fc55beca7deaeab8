using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Workers that are killed all the time, and a Postgres that restarts; the benchmarks do the same with more of everything (<c>postgres-chaos</c>).</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ChaosTests
{
    private const int Playbooks = 150;
    private const int JobsAPlaybook = 2;
    private const int Samples = 24;
    private const int Workers = 3;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_WhileWorkersAreKilledAndPostgresRestarts_AreAllDoneOnce()
    {
        var binaries = Requirement.Need(PostgresServerProcess.FindBinaries(), "PostgreSQL is not installed; ./test installs it where it can.");
        await using var postgres = await PostgresServerProcess.StartAsync(binaries);
        var url = postgres.UrlOf("postgres");
        await PostgresServer.MigrateAsync(url);
        await using (var session = await PostgresSession.OpenAsync(url)) await FinishLog.BeginAsync(session.Connection);
        await using var deployment = await Deployment.StartAsync(url, replicas: 2, workers: 0);
        var ids = await AskForAllAsync(deployment);
        for (var i = 0; i < Workers; i++) await deployment.AddWorkerAsync();

        foreach (var mode in new[] { "fast", "immediate" })
        {
            await DisturbAsync(deployment);
            await postgres.StopAsync(mode);
            await PassAsync(Away);
            await postgres.StartAsync();
        }

        var outputs = await Task.WhenAll(ids.Select(id => deployment.OutputAsync(1, id)));

        Assert.All(outputs, output => Assert.Equal("PlotlyPlot", output.Type));
        await using var after = await PostgresSession.OpenAsync(url);
        Assert.Equal(0L, await after.ReadAsync<long>("SELECT count(*) FROM job"));
        // The upload is a job too.
        const long jobs = (Playbooks * JobsAPlaybook) + 1;
        Assert.Equal((jobs, jobs), await FinishLog.ReadAsync(after.Connection));
        foreach (var program in deployment.Replicas.Concat(deployment.Workers)) Assert.Equal(200, await deployment.StatusOfAsync(program, "/readyz"));
    }

    private static async Task<List<string>> AskForAllAsync(Deployment deployment)
    {
        var file = await deployment.UploadAsync(0, "counts.csv", Deployment.Matrix(genes: 2_500, Samples));
        var ids = new List<string>();
        for (var i = 0; i < Playbooks; i++)
        {
            ids.Add(await deployment.PostAsync(0, Deployment.LabelledPca(file, Samples, i)));
            await deployment.RequestAsync(0, ids[i]);
        }

        return ids;
    }

    /// <summary>Kills each worker once, one a second, and starts another in its place.</summary>
    private static async Task DisturbAsync(Deployment deployment)
    {
        for (var i = 0; i < Workers; i++)
        {
            await PassAsync(BetweenKills);
            await deployment.KillWorkerAsync(0);
            await deployment.AddWorkerAsync();
        }
    }

    // Of the disturbances, not of anything that is waited for.
    private static Task PassAsync(TimeSpan time) => Task.Delay(time, Cancellation);
}
