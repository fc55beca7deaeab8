using System.Data;
using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The pool of connections to Postgres. What meets a database that is away waits for it, within a limit.</summary>
/// <remarks>Whatever is run here may be run twice, since an answer can get lost: ids by content and the fences of jobs make that safe.</remarks>
internal sealed class PostgresDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _connections = NpgsqlDataSource.Create(PostgresUrl.ToPooled(options.Value.Url!));

    /// <summary>Runs a batch as one transaction.</summary>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    public Task ExecuteAsync(PostgresBatch batch, CancellationToken cancellationToken) =>
        UntilAnsweredAsync(connection => batch.RunAsync(connection, transaction: null, cancellationToken), cancellationToken);

    /// <summary>Runs what needs more than one exchange with the server in a transaction.</summary>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    public async Task<T> TransactAsync<T>(Func<PostgresTransaction, Task<T>> run, CancellationToken cancellationToken)
    {
        T? result = default;
        await UntilAnsweredAsync(
            async connection =>
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    result = await run(new PostgresTransaction(connection, transaction)).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return result!;
    }

    /// <summary>Runs what has a connection for itself.</summary>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    public async Task<T> ConnectAsync<T>(Func<NpgsqlConnection, Task<T>> run, CancellationToken cancellationToken)
    {
        T? result = default;
        await UntilAnsweredAsync(async connection => result = await run(connection).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return result!;
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    // Npgsql takes a statement for prepared even where its first prepared use failed, and misreads what the server sends from then on (npgsql/npgsql#6391). It has this in one form only, which waits for the server.
    private static void ForgetStatements(NpgsqlConnection connection)
    {
        try
        {
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // The connection broke meanwhile, and nobody gets it any more.
        }
    }

    private async Task UntilAnsweredAsync(Func<NpgsqlConnection, Task> run, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var connection = await _connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    try
                    {
                        await run(connection).ConfigureAwait(false);
                        return;
                    }
                    catch (Exception exception) when (PostgresFailure.IsOfServer(exception) && connection.State == ConnectionState.Open)
                    {
                        ForgetStatements(connection);
                        throw;
                    }
                }
            }
            catch (Exception exception) when (PostgresFailure.MayPass(exception))
            {
                if (time.GetElapsedTime(started) > LongestWait) throw new DatabaseUnavailableException($"The database does not answer: {exception.Message}", exception);
            }
            catch (Exception exception) when (PostgresFailure.IsZeroCharacter(exception))
            {
                throw WorkflowException.Invalid("A text holds the zero character, which can't be kept or looked for. Leave it out.");
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
