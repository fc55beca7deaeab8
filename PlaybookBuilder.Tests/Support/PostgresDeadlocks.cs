using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Tests.Support;

/// <summary>How often transactions stood in each other's way. The stores try again, so nobody else would notice.</summary>
internal static class PostgresDeadlocks
{
    private const string SelectOthers = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    private const string SelectDeadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    /// <summary>Counts them once everybody else's connections have ended: by then at the latest they have told theirs.</summary>
    public static async Task<long> CountAsync(string url)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(EngineHost.Patience);
        while (await ReadAsync(connection, SelectOthers, limit.Token) > 0) limit.Token.ThrowIfCancellationRequested();
        return await ReadAsync(connection, SelectDeadlocks, limit.Token);
    }

    private static async Task<long> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
