using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The model on Postgres.</summary>
internal sealed class PostgresModelDatabase(PostgresDatabase database) : IModelDatabase
{
    public Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        database.ConnectAsync(
            async connection =>
            {
                var context = new PlaybookDbContext(OptionsFor(connection).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);
                await using (context.ConfigureAwait(false)) return await read(context, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        database.ConnectAsync(
            async connection =>
            {
                var context = new PlaybookDbContext(OptionsFor(connection).Options);
                await using (context.ConfigureAwait(false))
                {
                    var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        var result = await write(context, cancellationToken).ConfigureAwait(false);
                        await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
                        return result;
                    }
                }
            },
            cancellationToken);

    // The strategy that Npgsql brings hides what failed behind an exception of its own, and what may pass would not be tried again.
    private static DbContextOptionsBuilder<PlaybookDbContext> OptionsFor(NpgsqlConnection connection) =>
        new DbContextOptionsBuilder<PlaybookDbContext>().UseNpgsql(connection, static npgsql => npgsql.ExecutionStrategy(static dependencies => new NonRetryingExecutionStrategy(dependencies)));

    // What is written here may not be safe to write twice, so it is not tried again when only the answer got lost.
    private static async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFailure.MayPass(exception))
        {
            throw new DatabaseUnavailableException($"The database went away while it kept this; look whether it did before you try again: {exception.Message}", exception);
        }
    }
}
