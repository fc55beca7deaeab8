using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How soon a step runs again whose worker was killed.</summary>
internal sealed class PostgresKillRow : IRow
{
    private const int Repetitions = 3;

    private const string What = "Postgres: kill -9 of a worker: its job runs again elsewhere after";
    private const string SelectRunning = "SELECT worker FROM job WHERE state = 2 AND attempt = 1";
    private const string SelectAgain = "SELECT 1 FROM job WHERE state = 2 AND attempt = 2";
    private const string SelectLock = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND objid = $1::oid";

    private const string ForgetEarlier = "DELETE FROM job; ALTER SEQUENCE worker_number RESTART";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public string Name => "postgres-kill";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        var (again, gone) = (new List<double>(), new List<double>());
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            await using var database = await SharedDatabase.StartAsync(bench);
            if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

            var times = await KillAsync(database);
            again.Add(times.Again.TotalSeconds);
            gone.Add(times.Gone.TotalSeconds);
        }

        return
        [
            new()
            {
                What = What,
                Claims = [Claim.AtMost(Quantity.Seconds(3), again.Median())],
                Yardstick = new(Quantity.Seconds(gone.Median()), again.Median(), "until Postgres shows that the killed worker's lock is gone, which is the soonest that anybody can know."),
                Reference = "15 min, then lost",
                Note = $"Median of {Repetitions}; slowest {again.Max():0.00} s. The worker is stopped while it runs a step and then killed.",
            },
        ];
    }

    /// <param name="database">One that nothing runs on yet.</param>
    /// <returns>How long it took until the step ran again, and until the killed worker's lock was gone.</returns>
    public static async Task<(TimeSpan Again, TimeSpan Gone)> KillAsync(SharedDatabase database)
    {
        using var folder = new TemporaryFolder();
        var file = CountMatrixFile.Find(folder.Path);
        var replica = await database.AddReplicaAsync();
        await using var connections = database.Connect();
        await using (var forget = connections.CreateCommand(ForgetEarlier)) await forget.ExecuteNonQueryAsync();
        // Numbers are given in the order of starting.
        ServedProgram[] workers = [await database.AddWorkerAsync(1), await database.AddWorkerAsync(1)];
        using var client = new LoadClient(replica.Address);
        var uploaded = await AirwayRow.UploadAsync(client, file.Path);
        while (true)
        {
            var victim = await StopOneAtWorkAsync(connections, workers, client, uploaded, file.Labels());
            if (victim is not { } number) continue;

            var killed = Stopwatch.GetTimestamp();
            await workers[number - 1].KillAsync();
            var gone = await UntilAsync(connections, SelectLock, isThere: false, killed, number);
            return (await UntilAsync(connections, SelectAgain, isThere: true, killed), gone);
        }
    }

    /// <returns>The number of the worker that was stopped; null when it was done before.</returns>
    private static async Task<int?> StopOneAtWorkAsync(NpgsqlDataSource connections, ServedProgram[] workers, LoadClient client, JsonNode uploaded, IReadOnlyDictionary<string, string> labels)
    {
        // Another labelling each time is another step.
        var shuffled = labels.Keys.ToDictionary(sample => sample, _ => Random.Shared.Next(2) == 0 ? "Control" : "Perturbation", StringComparer.Ordinal);
        var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.LabelledPca(uploaded.DeepClone(), shuffled)));
        var asked = Task.Run(() => client.GetAsync(PlaybookApi.Output(id)));
        while (!asked.IsCompleted)
        {
            if (await ReadAsync(connections, SelectRunning) is not int number) continue;

            await workers[number - 1].SignalAsync("STOP");
            if (await ReadAsync(connections, SelectRunning) is int same && same == number) return number;

            await workers[number - 1].SignalAsync("CONT");
        }

        return null;
    }

    private static async Task<TimeSpan> UntilAsync(NpgsqlDataSource connections, string sql, bool isThere, long since, int? parameter = null)
    {
        while (await ReadAsync(connections, sql, parameter) is not null != isThere)
        {
            if (Stopwatch.GetElapsedTime(since) > Longest) throw new TimeoutException($"It did not happen within {Longest}: {sql}");
        }

        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<object?> ReadAsync(NpgsqlDataSource connections, string sql, int? parameter = null)
    {
        await using var command = connections.CreateCommand(sql);
        if (parameter is { } value) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync();
    }
}
