using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>A transaction under way. Each batch is one exchange with the server, and sees what others had committed when it began.</summary>
internal sealed class PostgresTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    public Task RunAsync(PostgresBatch batch, CancellationToken cancellationToken) => batch.RunAsync(connection, transaction, cancellationToken);
}
