namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>A write that waits for its turn, and whoever waits for it.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Whether it is on the disk before it is answered.</summary>
    public abstract bool IsDurable { get; }

    public abstract void Run(SqliteSession session);

    /// <summary>Answers, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Answers that nothing of it was kept.</summary>
    public abstract void Fail(Exception exception);
}

internal sealed class SqliteWrite<T>(Func<SqliteSession, T> write, bool isDurable) : SqliteWrite
{
    // Whoever waits goes on elsewhere: the writer thread has the next group to commit.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override bool IsDurable => isDurable;

    public override void Run(SqliteSession session) => _result = write(session);

    public override void Complete() => _done.SetResult(_result!);

    public override void Fail(Exception exception) => _done.SetException(exception);
}
