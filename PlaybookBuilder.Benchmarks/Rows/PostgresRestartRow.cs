using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What becomes of the requests that are under way while Postgres restarts.</summary>
internal sealed class PostgresRestartRow : IRow
{
    private const int Clients = 32;
    private const int Workers = 2;
    private const int Slots = 4;
    private const int PlaybooksAClient = 1_000_000;
    private const string What = "Postgres: requests in flight while Postgres restarts";

    private static readonly string[] Modes = ["fast", "immediate", "fast", "immediate"];
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);

    public string Name => "postgres-restart";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        ServedProgram[] replicas = [await database.AddReplicaAsync(), await database.AddReplicaAsync()];
        for (var i = 0; i < Workers; i++) await database.AddWorkerAsync(Slots);
        var program = new ConcurrentBag<Exchanged>();
        var asking = await RestartUnderLoadAsync(database, (client, end) => ComputeAsync(replicas, client, program, end));
        var plain = new ConcurrentBag<Exchanged>();
        await using var source = database.Connect();
        await using (var create = source.CreateCommand("CREATE TABLE kept (id uuid PRIMARY KEY)")) await create.ExecuteNonQueryAsync();
        var keeping = await RestartUnderLoadAsync(database, (_, end) => KeepAsync(source, plain, end));
        var (requests, rows) = (Exchanged.Within(program, asking), Exchanged.Within(plain, keeping));
        foreach (var failure in requests.Select(request => request.Failure).OfType<string>().Distinct()) Console.Error.WriteLine(failure);
        return
        [
            new()
            {
                What = What,
                Claims = [new("all are answered right", $"{Right(requests):#,##0} of {requests.Count:#,##0}", requests.Count >= Clients * Modes.Length && Right(requests) == requests.Count)],
                Yardstick = new(new(Share(rows), " % answered"), Share(requests), $"{Clients} plain Npgsql clients with a pool, which insert a row and read it again: {Right(rows):#,##0} of {rows.Count:#,##0} calls in flight."),
                Reference = "5xx",
                Note = $"{Clients} clients at two replicas post playbooks and await their outputs; {string.Join(", ", Modes)} stop, {Away.TotalSeconds:0.0} s away, then started. The slowest answer took {requests.Max(request => request.Duration.TotalSeconds):0.00} s.",
            },
        ];
    }

    private static int Right(IReadOnlyCollection<Exchanged> exchanges) => exchanges.Count(exchange => exchange.Failure is null);

    private static double Share(IReadOnlyCollection<Exchanged> exchanges) => 100.0 * Right(exchanges) / exchanges.Count;

    /// <returns>From when to when the server was on its way down, away, or on its way up.</returns>
    private static async Task<List<(long From, long To)>> RestartUnderLoadAsync(SharedDatabase database, Func<int, CancellationToken, Task> load)
    {
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => load(client, end.Token))).ToArray();
        var outages = new List<(long From, long To)>();
        foreach (var mode in Modes)
        {
            await Task.Delay(Between);
            var from = Stopwatch.GetTimestamp();
            await database.StopServerAsync(mode);
            await Task.Delay(Away);
            await database.StartServerAsync();
            outages.Add((from, Stopwatch.GetTimestamp()));
        }

        await Task.Delay(Between);
        await end.CancelAsync();
        await Task.WhenAll(clients);
        return outages;
    }

    private static async Task ComputeAsync(ServedProgram[] replicas, int number, ConcurrentBag<Exchanged> exchanges, CancellationToken end)
    {
        using var posting = new LoadClient(replicas[number % replicas.Length].Address);
        using var asking = new LoadClient(replicas[(number + 1) % replicas.Length].Address);
        for (var playbook = number * PlaybooksAClient; !end.IsCancellationRequested; playbook++)
        {
            var id = "";
            await Exchanged.RunAsync(exchanges, async () => id = LoadClient.ReadId(await posting.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.ThreeSteps(playbook))));
            if (id.Length > 0) await Exchanged.RunAsync(exchanges, () => Outputs.GetAsync(asking, id, PlaybookDocuments.FirstGene(playbook)));
        }
    }

    private static async Task KeepAsync(NpgsqlDataSource source, ConcurrentBag<Exchanged> exchanges, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var failed = await Exchanged.RunAsync(exchanges, async () =>
            {
                var id = Guid.NewGuid();
                await using var insert = source.CreateCommand("INSERT INTO kept VALUES ($1)");
                insert.Parameters.Add(new() { Value = id });
                await insert.ExecuteNonQueryAsync();
                await using var select = source.CreateCommand("SELECT id FROM kept WHERE id = $1");
                select.Parameters.Add(new() { Value = id });
                if (!id.Equals(await select.ExecuteScalarAsync())) throw new InvalidDataException("The row is not there.");
            });
            // Not failing over and over for as long as the server is away.
            if (failed) await Task.Delay(Between / 2, CancellationToken.None);
        }
    }

    /// <summary>One request and what became of it.</summary>
    private sealed record Exchanged(long Begun, long Ended, string? Failure)
    {
        public TimeSpan Duration => Stopwatch.GetElapsedTime(Begun, Ended);

        /// <returns>Whether it failed.</returns>
        public static async Task<bool> RunAsync(ConcurrentBag<Exchanged> exchanges, Func<Task> exchange)
        {
            var begun = Stopwatch.GetTimestamp();
            string? failure = null;
            try
            {
                await exchange();
            }
            catch (Exception exception)
            {
                // That it failed is what is measured.
                failure = exception.Message;
            }

            exchanges.Add(new Exchanged(begun, Stopwatch.GetTimestamp(), failure));
            return failure is not null;
        }

        public static List<Exchanged> Within(IEnumerable<Exchanged> exchanges, List<(long From, long To)> outages) =>
            [.. exchanges.Where(exchange => outages.Any(outage => exchange.Begun < outage.To && exchange.Ended > outage.From))];
    }
}
