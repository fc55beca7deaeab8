using System.Diagnostics;
using Npgsql;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Jobs that do next to nothing, as fast as two workers take them.</summary>
internal sealed class PostgresDrainRow : IRow
{
    private const int Jobs = 10_000;
    private const int JobsOfYardstick = 2_000;
    private const int StepsAPlaybook = 500;
    private const int Workers = 2;
    private const int Slots = 5;
    private const double TimesYardstick = 15;

    // Until then the runtime compiles a worker's code again, as it does once in the days that one lives.
    private const int WarmUps = 5;
    private const int Rounds = 3;

    private static readonly string What = $"Postgres: {Jobs:#,##0} no-op jobs drained by {Workers} workers x {Slots}";

    public string Name => "postgres-drain";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        var plain = await DrainHangfireAsync(database);
        var replica = await database.AddReplicaAsync();
        ServedProgram[] workers = [await database.AddWorkerAsync(Slots), await database.AddWorkerAsync(Slots)];
        await using var connections = database.Connect();
        using var client = new LoadClient(replica.Address);
        var rates = new List<double>();
        for (var round = 0; round < WarmUps + Rounds; round++) rates.Add(await DrainAsync(client, workers, connections, round));
        var rate = rates.Skip(WarmUps).Median();
        return
        [
            new()
            {
                What = What,
                Claims = [Claim.AtLeast(Quantity.PerSecond(5_000), rate), new($"at least {TimesYardstick:0} x Hangfire", $"{rate / plain:0.#} x", rate >= TimesYardstick * plain)],
                Yardstick = new(Quantity.PerSecond(plain), rate, $"Hangfire.PostgreSql with its defaults, {JobsOfYardstick:#,##0} empty jobs, {Workers} processes x {Slots}."),
                Reference = "10/s",
                Note = $"The jobs are answered prompts of unique input, asked for while the workers are stopped (SIGSTOP); from their going on to the last result. Rounds: {string.Join(", ", rates.Select(round => $"{round:#,##0}"))}/s, the first {WarmUps} not counted.",
            },
        ];
    }

    /// <param name="round">Another one each time on the same database.</param>
    /// <returns>Jobs a second.</returns>
    public static async Task<double> DrainAsync(LoadClient client, ServedProgram[] workers, NpgsqlDataSource connections, int round)
    {
        foreach (var worker in workers) await worker.SignalAsync("STOP");
        for (var first = 0; first < Jobs; first += StepsAPlaybook)
        {
            var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.Prompts((round * Jobs) + first, StepsAPlaybook)));
            await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, PlaybookApi.Output(id)) { Headers = { { "Prefer", "wait=0" } } });
        }

        if (await CountAsync(connections, "SELECT count(*) FROM job WHERE state = 1") is not Jobs) throw new InvalidOperationException("Not all jobs were queued.");

        var start = Stopwatch.GetTimestamp();
        foreach (var worker in workers) await worker.SignalAsync("CONT");
        while (await CountAsync(connections, "SELECT count(*) FROM (SELECT 1 FROM job LIMIT 1) AS any_job") > 0) await Task.Delay(20);
        return Jobs / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> DrainHangfireAsync(SharedDatabase database)
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string> { [PostgresYardstick.Setting] = database.ConnectionString, [HangfireYardstick.Slots] = $"{Slots}" };
        HangfireYardstick.Enqueue(database.ConnectionString, JobsOfYardstick);
        await using var first = await Workbench.StartAsync(YardstickKind.Hangfire, folder, settings);
        await using var second = await Workbench.StartAsync(YardstickKind.Hangfire, folder, settings);
        await using var connections = NpgsqlDataSource.Create(database.ConnectionString);
        const string succeeded = "SELECT count(*) FROM hangfire.state WHERE name = 'Succeeded'";
        // Both are at work once some are done.
        while (await CountAsync(connections, succeeded) < JobsOfYardstick / 10) await Task.Delay(10);
        var (start, done) = (Stopwatch.GetTimestamp(), await CountAsync(connections, succeeded));
        while (await CountAsync(connections, succeeded) < JobsOfYardstick) await Task.Delay(10);
        return (JobsOfYardstick - done) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource connections, string sql)
    {
        await using var command = connections.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
