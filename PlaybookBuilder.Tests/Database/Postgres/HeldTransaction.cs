using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>A transaction of another program that a test holds open, so that what races can be had in the order that matters.</summary>
internal sealed class HeldTransaction : IAsyncDisposable
{
    private const string SelectWaiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _url;

    private HeldTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, string url) => (_connection, _transaction, _url) = (connection, transaction, url);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Begins one and runs a statement in it.</summary>
    public static async Task<HeldTransaction> BeginAsync(string url, string sql)
    {
        var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await connection.OpenAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(Cancellation);
        return new HeldTransaction(connection, transaction, url);
    }

    /// <summary>Waits until somebody waits for a lock, or has ended without.</summary>
    public async Task UntilWaitedForAsync(Task waiting)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(SelectWaiting, connection);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        while (!waiting.IsCompleted && (long)(await command.ExecuteScalarAsync(limit.Token))! == 0) limit.Token.ThrowIfCancellationRequested();
    }

    public Task CommitAsync() => _transaction.CommitAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
