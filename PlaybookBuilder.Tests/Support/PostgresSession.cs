using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A test's own look at a database, and its hand in it.</summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    public const string TerminateListeners = $"SELECT count(pg_terminate_backend(pid)) {Listeners}";
    public const string OneListens = $"SELECT count(*) = 1 {Listeners}";
    public const string BothListen = $"SELECT count(*) = 2 {Listeners}";
    public const string TerminateNotifiers = $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {IsOurs} AND (query LIKE '%pg_notify%' OR query LIKE 'SET synchronous_commit%')";

    private const string Listeners = $"FROM pg_stat_activity WHERE {IsOurs} AND query LIKE 'LISTEN%'";
    private const string IsOurs = "application_name = 'playbook-builder' AND datname = current_database()";

    private readonly List<string> _heard = [];

    private PostgresSession(NpgsqlConnection connection)
    {
        Connection = connection;
        connection.Notification += (_, notification) => _heard.Add(notification.Payload);
    }

    public NpgsqlConnection Connection { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PostgresSession> OpenAsync(string url)
    {
        var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url) + ";Application Name=test");
        await connection.OpenAsync(Cancellation);
        return new PostgresSession(connection);
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Waits until a query gives true, and something else holds too.</summary>
    public async Task UntilAsync(string sql, Func<bool>? holds = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        while (!await ReadAsync<bool>(sql) || holds?.Invoke() == false)
        {
            if (limit.IsCancellationRequested) Assert.Fail($"It did not come to be that: {sql}");
        }
    }

    /// <summary>Waits until a notification was heard that another program sent.</summary>
    public async Task UntilHeardAsync(Func<string, bool> isIt)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        while (!_heard.Any(isIt)) await Connection.WaitAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
