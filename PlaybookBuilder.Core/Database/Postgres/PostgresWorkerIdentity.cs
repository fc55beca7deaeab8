using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>
/// This program's number among the workers: a session-level advisory lock on a connection of its own says that the number's owner
/// lives. When the connection breaks the lock is gone, though the program is not: it takes another number, and its running jobs go
/// over to that. Those that were given to somebody else meanwhile are lost to it (the fence refuses their finish), and their death
/// is taken back: nothing went down.
/// </summary>
internal sealed partial class PostgresWorkerIdentity(PostgresConnection connections, RunningJobs running, PostgresMetrics metrics, IOptions<EngineOptions> options, ILogger<PostgresWorkerIdentity> logger) : BackgroundService, IWorkerIdentity
{
    private const string TakeNumber = "SELECT nextval('worker_number')::int";
    private const string TakeLock = "SELECT pg_try_advisory_lock(@worker, @number)";

    private const string Adopt = """
        UPDATE job SET worker = @number FROM unnest(@ids, @attempts) AS run (id, attempt)
        WHERE job.process_id = run.id AND job.attempt = run.attempt AND job.state = 2 AND job.worker = @last
        """;

    private const string TakeBackDeath = """
        UPDATE job SET deaths = deaths - 1 FROM unnest(@ids, @attempts) AS run (id, attempt)
        WHERE job.process_id = run.id AND job.deaths > 0 AND ((job.state < 2 AND job.attempt = run.attempt) OR (job.state = 2 AND job.worker <> @number AND job.attempt = run.attempt + 1))
        """;

    private volatile TaskCompletionSource<int> _number = NewNumber();

    public int? Number => _number.Task is { IsCompletedSuccessfully: true } number ? number.Result : null;

    public async ValueTask<int> GetNumberAsync(CancellationToken cancellationToken)
    {
        var number = _number.Task;
        return number.IsCompleted ? number.Result : await number.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Workers == 0) return;

        int? last = null;
        await connections.KeepAsync(
            async (connection, cancellationToken) =>
            {
                var number = await TakeNumberAsync(connection, cancellationToken).ConfigureAwait(false);
                if (last is { } former) await TakeOverAsync(connection, former, number, cancellationToken).ConfigureAwait(false);
                last = number;
                _number.SetResult(number);
                LogNumber(number);
                // Ends only by the connection's end.
                while (true) await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
            },
            failed: exception =>
            {
                metrics.LostConnection("worker");
                if (_number.Task.IsCompleted) _number = NewNumber();
                LogLost(exception);
            },
            stoppingToken).ConfigureAwait(false);
    }

    private static TaskCompletionSource<int> NewNumber() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<int> TakeNumberAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var number = (await connection.QueryAsync(TakeNumber, static reader => reader.GetInt32(0), cancellationToken).ConfigureAwait(false)).Single();
            // Numbers come round again after two billion; one that is still held belongs to somebody.
            var taken = await connection.QueryAsync(TakeLock, static reader => reader.GetBoolean(0), cancellationToken, ("worker", PostgresLocks.Worker), ("number", number)).ConfigureAwait(false);
            if (taken.Single()) return number;
        }
    }

    private async Task TakeOverAsync(NpgsqlConnection connection, int former, int number, CancellationToken cancellationToken)
    {
        await connection.RunAsync(Adopt, cancellationToken, [.. Describe(running.All), ("number", number), ("last", former)]).ConfigureAwait(false);
        await connection.RunAsync(TakeBackDeath, cancellationToken, [.. Describe(running.Begun), ("number", number)]).ConfigureAwait(false);
    }

    private static (string Name, object Value)[] Describe(IReadOnlyCollection<ClaimedJob> jobs) => [("ids", jobs.Select(job => job.ProcessId).ToArray()), ("attempts", jobs.Select(job => job.Attempt).ToArray())];

    [LoggerMessage(LogLevel.Information, "This program is worker {Number}")]
    private partial void LogNumber(int number);

    [LoggerMessage(LogLevel.Warning, "The connection that says that this worker lives is gone; it takes another number")]
    private partial void LogLost(Exception exception);
}
