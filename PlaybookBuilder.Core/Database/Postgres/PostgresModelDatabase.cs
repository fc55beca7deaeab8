using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The model on Postgres.</summary>
internal sealed class PostgresModelDatabase(PostgresDatabase database) : IModelDatabase
{
    public Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        database.ConnectAsync(
            async connection =>
            {
                var context = new PlaybookDbContext(new DbContextOptionsBuilder<PlaybookDbContext>().UseNpgsql(connection).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);
                await using (context.ConfigureAwait(false)) return await read(context, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        database.ConnectAsync(
            async connection =>
            {
                var context = new PlaybookDbContext(new DbContextOptionsBuilder<PlaybookDbContext>().UseNpgsql(connection).Options);
                await using (context.ConfigureAwait(false))
                {
                    var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        var result = await write(context, cancellationToken).ConfigureAwait(false);
                        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                        return result;
                    }
                }
            },
            cancellationToken);
}
