using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Jobs while workers are killed all the time and Postgres is restarted.</summary>
internal sealed class PostgresChaosRow : IRow
{
    private const int Jobs = 2_000;
    private const int JobsAPlaybook = 2;
    private const int Playbooks = Jobs / JobsAPlaybook;
    private const int Workers = 4;
    private const int MostRestarts = 2;
    private const int Slots = 4;
    private const int Genes = 4_000;
    private const int Samples = 24;
    private const string SelectAnyJob = "SELECT EXISTS (SELECT 1 FROM job)";
    private const string SelectDone = "SELECT count(*) FROM resolution";

    private static readonly string What = $"Postgres: {Jobs:#,##0} jobs while workers are killed every second and Postgres is restarted twice";
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan Looking = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    public string Name => "postgres-chaos";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        var calm = await RunAsync(bench, isDisturbed: false);
        var chaos = await RunAsync(bench, isDisturbed: true);
        if (calm is null || chaos is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        return
        [
            new()
            {
                What = What,
                Claims =
                [
                    new("all done", $"{chaos.Right * JobsAPlaybook:#,##0} in {chaos.Elapsed.TotalSeconds:0.0} s", chaos.Right == Playbooks),
                    new("none lost", $"{chaos.Lost:0} lost", chaos.Lost == 0),
                    new("none finished twice", $"{chaos.Twice:0} twice", chaos.Twice == 0),
                    new("all programs still serve", chaos.Serves ? "all serve" : "not all serve", chaos.Serves),
                ],
                Yardstick = new(Quantity.Seconds(calm.Elapsed.TotalSeconds), chaos.Elapsed.TotalSeconds, "the same jobs, undisturbed."),
                Reference = "-",
                Note = $"{Playbooks:#,##0} labellings of an uploaded matrix and their principal components, {Workers} workers x {Slots}; {chaos.Kills} workers were killed (SIGKILL) and replaced, Postgres was stopped fast and then immediately. " +
                    "What is finished is counted by a trigger on the table of results; every output is then read and checked at the other replica.",
            },
        ];
    }

    private static async Task<Outcome?> RunAsync(Workbench bench, bool isDisturbed)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return null;

        using var folder = new TemporaryFolder();
        ServedProgram[] replicas = [await database.AddReplicaAsync(), await database.AddReplicaAsync()];
        var workers = new Queue<Task<ServedProgram>>();
        await using var connections = database.Connect();
        await using (var connection = await connections.OpenConnectionAsync()) await FinishLog.BeginAsync(connection);
        using var client = new LoadClient(replicas[0].Address);
        var ids = await AskForAllAsync(client, await AirwayRow.UploadAsync(client, WriteMatrix(folder)));
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Workers; i++) workers.Enqueue(database.AddWorkerAsync(Slots));
        var kills = isDisturbed ? await DisturbAsync(database, connections, workers) : 0;
        while (await ReadAsync<bool>(connections, SelectAnyJob)) await Task.Delay(Looking);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return (await CheckAsync([.. replicas, .. await Task.WhenAll(workers)], connections, ids)) with { Elapsed = elapsed, Kills = kills };
    }

    private static async Task<List<string>> AskForAllAsync(LoadClient client, JsonNode uploaded)
    {
        var ids = new List<string>();
        for (var i = 0; i < Playbooks; i++)
        {
            // Its number in binary makes one labelling unlike another, and the last two samples make both groups appear in all.
            var labels = Enumerable.Range(0, Samples).ToDictionary(sample => $"S{sample}", sample => sample == Samples - 1 || (sample < Samples - 2 && (i >> sample & 1) == 1) ? "Control" : "Perturbation");
            var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.LabelledPca(uploaded.DeepClone(), labels)));
            await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, PlaybookApi.Output(id)) { Headers = { { "Prefer", "wait=0" } } });
            ids.Add(id);
        }

        return ids;
    }

    /// <summary>Kills the oldest worker each second and starts another in its place, and twice restarts Postgres.</summary>
    private static async Task<int> DisturbAsync(SharedDatabase database, NpgsqlDataSource connections, Queue<Task<ServedProgram>> workers)
    {
        var (kills, restarts, started) = (0, 0, Stopwatch.GetTimestamp());
        while (await ReadAsync<bool>(connections, SelectAnyJob) && Stopwatch.GetElapsedTime(started) < Longest)
        {
            await Task.Delay(BetweenKills);
            await (await workers.Dequeue()).KillAsync();
            kills++;
            workers.Enqueue(database.AddWorkerAsync(Slots));
            // Each at a third of the work. A worker that starts without a database ends, and is for its supervisor to start again.
            if (restarts == MostRestarts || await ReadAsync<long>(connections, SelectDone) < Jobs * (restarts + 1) / (MostRestarts + 1)) continue;

            await Task.WhenAll(workers);
            await database.StopServerAsync(restarts++ == 0 ? "fast" : "immediate");
            await Task.Delay(Away);
            await database.StartServerAsync();
        }

        return restarts == MostRestarts ? kills : throw new InvalidOperationException("The jobs were done before Postgres was restarted twice.");
    }

    private static async Task<Outcome> CheckAsync(ServedProgram[] programs, NpgsqlDataSource connections, List<string> ids)
    {
        // Before the outputs are read, which would ask for what was lost.
        await using var connection = await connections.OpenConnectionAsync();
        var (finishes, processes) = await FinishLog.ReadAsync(connection);
        using var client = new LoadClient(programs[1].Address);
        var right = 0;
        foreach (var id in ids)
        {
            await Outputs.GetAsync(client, id, "\"PlotlyPlot\"");
            right++;
        }

        // The upload is a job of its own.
        var lost = Jobs + 1 - processes;
        return new Outcome(right, lost, finishes - processes, await AllServeAsync(programs));
    }

    private static async Task<bool> AllServeAsync(IEnumerable<ServedProgram> programs)
    {
        foreach (var program in programs)
        {
            if (program.HasExited) return false;

            using var client = new LoadClient(program.Address);
            await client.GetAsync("/readyz");
        }

        return true;
    }

    private static string WriteMatrix(TemporaryFolder folder)
    {
        var text = new StringBuilder("gene").AppendJoin("", Enumerable.Range(0, Samples).Select(sample => $",S{sample}"));
        for (var gene = 0; gene < Genes; gene++) text.Append($"\nG{gene}").AppendJoin("", Enumerable.Range(0, Samples).Select(sample => $",{((gene * 31) + (sample * sample * 7)) % 1000}"));
        var path = Path.Combine(folder.Path, "counts.csv");
        File.WriteAllText(path, text.Append('\n').ToString());
        return path;
    }

    private static async Task<T> ReadAsync<T>(NpgsqlDataSource connections, string sql)
    {
        while (true)
        {
            try
            {
                await using var command = connections.CreateCommand(sql);
                return (T)(await command.ExecuteScalarAsync())!;
            }
            catch (NpgsqlException exception) when (exception.IsTransient)
            {
                // Postgres was restarted since this connection was used last.
            }
        }
    }

    /// <param name="Right">Playbooks whose output is what it should be.</param>
    private sealed record Outcome(int Right, long Lost, long Twice, bool Serves)
    {
        public TimeSpan Elapsed { get; init; }

        public int Kills { get; init; }
    }
}
