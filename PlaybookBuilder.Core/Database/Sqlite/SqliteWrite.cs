namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>A write that waits for its turn, and whoever waits for it.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Runs it; false when it failed and what it wrote has to be undone.</summary>
    public abstract bool Run(SqliteSession session);

    /// <summary>Answers, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Answers that the commit failed.</summary>
    public abstract void Fail(Exception exception);
}

internal sealed class SqliteWrite<T>(Func<SqliteSession, T> write) : SqliteWrite
{
    // Whoever waits goes on elsewhere: the writer thread has the next group to commit.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;

    public Task<T> Task => _done.Task;

    // The edge between the writer thread and a caller: whatever went wrong in the caller's code is the caller's.
    public override bool Run(SqliteSession session)
    {
        try
        {
            _result = write(session);
            return true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            return false;
        }
    }

    public override void Complete()
    {
        if (_failure is null) _done.SetResult(_result!);
        else _done.SetException(_failure);
    }

    public override void Fail(Exception exception) => _done.SetException(_failure ?? exception);
}
