using Microsoft.Extensions.Options;
using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Brings a database to the schema of this program, and refuses one that has another. Its bookkeeping is dbmate's.</summary>
internal sealed class PostgresSchema(IOptions<DatabaseOptions> options)
{
    private const string Bookkeeping = "CREATE TABLE IF NOT EXISTS schema_migrations (version varchar NOT NULL PRIMARY KEY)";

    /// <summary>Applies what is missing, each migration in a transaction of its own.</summary>
    /// <returns>The names of the files applied.</returns>
    /// <exception cref="DatabaseUnavailableException">The database can't be reached, is newer, or a migration failed.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({PostgresLocks.Migration})", cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, Bookkeeping, cancellationToken).ConfigureAwait(false);
            var applied = await ReadAppliedAsync(connection, cancellationToken).ConfigureAwait(false);
            RefuseNewer(applied);
            var missing = PostgresMigrations.All.Where(migration => !applied.Contains(migration.Version)).ToArray();
            foreach (var migration in missing) await ApplyAsync(connection, migration, cancellationToken).ConfigureAwait(false);
            return [.. missing.Select(migration => migration.FileName)];
        }
    }

    /// <exception cref="DatabaseUnavailableException">The database can't be reached, or its schema is not this program's; the message says what to do.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var applied = await ReadAppliedAsync(connection, cancellationToken).ConfigureAwait(false);
            RefuseNewer(applied);
            var missing = PostgresMigrations.All.Where(migration => !applied.Contains(migration.Version)).Select(migration => migration.FileName).ToArray();
            if (missing.Length > 0) throw new DatabaseUnavailableException($"The database lacks {string.Join(", ", missing)}: run 'migrate' (or 'dbmate up') before starting this program.");
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(PostgresUrl.ToSingle(options.Value.Url!));
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (NpgsqlException exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new DatabaseUnavailableException($"The database of {DatabaseOptions.Variable} can't be used: {exception.Message}", exception);
        }
    }

    private static void RefuseNewer(IEnumerable<string> applied)
    {
        var unknown = applied.Except(PostgresMigrations.All.Select(migration => migration.Version)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) throw new DatabaseUnavailableException($"The database was migrated by a newer program (it has {string.Join(", ", unknown)}): use that one, or restore a backup.");
    }

    private static async Task<HashSet<string>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        var command = new NpgsqlCommand("SELECT version FROM schema_migrations", connection);
        await using (command.ConfigureAwait(false))
        {
            try
            {
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) applied.Add(reader.GetString(0));
                }
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // Nothing was ever applied.
            }
        }

        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, PostgresMigration migration, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ExecuteAsync(connection, migration.Up, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(connection, $"INSERT INTO schema_migrations (version) VALUES ('{migration.Version}')", cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception)
        {
            throw new DatabaseUnavailableException($"{migration.FileName} failed and nothing of it was kept: {exception.MessageText}", exception);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
