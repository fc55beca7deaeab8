using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>The model on the embedded database: writes take their turn with all others of its one writer.</summary>
internal sealed class SqliteModelDatabase(SqliteDatabase database) : IModelDatabase
{
    public Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Task.Run(() => database.Read(session => Run(session, read, QueryTrackingBehavior.NoTracking, cancellationToken)), cancellationToken);

    public Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Run(session, write, QueryTrackingBehavior.TrackAll, CancellationToken.None), cancellationToken);

    private static T Run<T>(SqliteSession session, Func<PlaybookDbContext, CancellationToken, Task<T>> work, QueryTrackingBehavior tracking, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<PlaybookDbContext>().UseSqlite(session.Connection).UseQueryTrackingBehavior(tracking).Options;
        using var context = new PlaybookDbContext(options);
        // The session's own transaction is under way.
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        var task = work(context, cancellationToken);
        // SQLite has no asynchronous calls: whatever is done with it is done when the call returns. Anything else would hold up everybody's writes.
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A unit of work waited for something that is not the database.");
    }
}
