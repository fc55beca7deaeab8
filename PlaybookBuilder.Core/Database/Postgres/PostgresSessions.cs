using Microsoft.Extensions.Options;
using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Refuses a pooler in transaction mode, behind which a session is none: locks would be somebody else's, and nothing would be heard.</summary>
internal sealed class PostgresSessions(IOptions<DatabaseOptions> options)
{
    private const string Lock = "SELECT pg_advisory_lock_shared(@key)";
    private const string Backend = "SELECT pg_backend_pid()";
    private const string HoldsLock = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND mode = 'ShareLock' AND granted";

    /// <exception cref="DatabaseUnavailableException">A session is not one.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(PostgresUrl.ToSingle(options.Value.Url!));
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            // Where nothing stands between, the server's own number is the one that the connection was given.
            if (connection.ProcessID == await ReadNumberAsync(connection, Backend, cancellationToken).ConfigureAwait(false)) return;

            await connection.RunAsync(Lock, cancellationToken, ("key", PostgresLocks.SessionCheck)).ConfigureAwait(false);
            if (await IsStillOursAsync(connection, cancellationToken).ConfigureAwait(false)) return;
        }

        throw new DatabaseUnavailableException($"A pooler in transaction mode stands between this program and Postgres: locks and notifications need sessions. Let {DatabaseOptions.Variable} lead to Postgres itself, or to a pooler in session mode.");
    }

    // A pooler gives away the session that was used last: here to another client's transaction, which is held open meanwhile.
    private async Task<bool> IsStillOursAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var other = new NpgsqlConnection(PostgresUrl.ToSingle(options.Value.Url!));
        await using (other.ConfigureAwait(false))
        {
            await other.OpenAsync(cancellationToken).ConfigureAwait(false);
            var transaction = await other.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ReadNumberAsync(other, Backend, cancellationToken).ConfigureAwait(false);
                return await ReadNumberAsync(connection, HoldsLock, cancellationToken).ConfigureAwait(false) > 0;
            }
        }
    }

    private static async Task<long> ReadNumberAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        (await connection.QueryAsync(sql, static reader => Convert.ToInt64(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false)).Single();
}
