using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>
/// The embedded database: one thread writes, everybody reads. Writes that come together are committed together, and each is
/// answered only after that commit.
/// </summary>
/// <remarks>
/// SQLite lets one connection write at a time. Writers on connections of their own wait for each other's locks by polling (25
/// of them did 156 writes a second); one writer with groups does tens of thousands, and nobody ever meets a locked database.
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private const int MostInGroup = 256;

    // Ids are hashes, so any page of an index may be the next to be written: the writer keeps those of some ten thousand playbooks.
    // A reader's pages are stale after the next commit, so many of them would only be memory.
    private const string WriterCache = "PRAGMA cache_size=-65536;";
    private const string ReaderCache = "PRAGMA cache_size=-2048;";

    private readonly string _connectionString;
    private readonly SqliteFile _file;
    private readonly BlockingCollection<SqliteWrite> _writes = [];
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Thread _writer;
    private volatile bool _disposed;

    public SqliteDatabase(IOptions<DatabaseOptions> options)
    {
        _file = SqliteFile.Open(options.Value);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _file.Path, Pooling = false, ForeignKeys = true }.ToString();
        try
        {
            SqliteSchema.Current.Prepare(_connectionString, _file.Path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        _writer = new Thread(WriteGroups) { Name = "SQLite writer", IsBackground = true };
        _writer.Start();
    }

    /// <summary>Told of every statement before it runs, by the thread that runs it.</summary>
    internal event Action<string>? StatementStarting;

    /// <summary>Runs a write in a transaction; the task completes after the commit.</summary>
    /// <param name="write">May be run again when another write of its group fails, so it touches nothing but the session.</param>
    /// <param name="isDurable">False for what can be computed again: a power failure may take it back, but nothing that was written before it.</param>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken, bool isDurable = true)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new SqliteWrite<T>(write, isDurable);
        ObjectDisposedException.ThrowIf(_disposed || _writes.IsAddingCompleted, this);
        _writes.Add(item, cancellationToken);
        return item.Task;
    }

    /// <summary>Runs reads on one snapshot of the database.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = _readers.TryTake(out var idle) ? idle : OpenSession(ReaderCache);
        var isSound = false;
        try
        {
            session.Execute("BEGIN");
            var result = read(session);
            session.Execute("COMMIT");
            isSound = true;
            return result;
        }
        finally
        {
            if (isSound && !_disposed) _readers.Add(session);
            else session.Dispose();
        }
    }

    public void Dispose()
    {
        if (_disposed) return;

        _writes.CompleteAdding();
        _writer.Join();
        _disposed = true;
        _writes.Dispose();
        while (_readers.TryTake(out var session)) session.Dispose();
        _file.Dispose();
    }

    private SqliteSession OpenSession(string cache) => new(_connectionString, _file.SessionPragmas + cache, sql => StatementStarting?.Invoke(sql));

    private void WriteGroups()
    {
        using var session = OpenSession(WriterCache);
        var group = new List<SqliteWrite>(MostInGroup);
        var isDurable = true;
        foreach (var first in _writes.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MostInGroup && _writes.TryTake(out var write)) group.Add(write);
            var mustBeDurable = group.Exists(write => write.IsDurable);
            if (_file.IsKept && mustBeDurable != isDurable) session.SetDurable(isDurable = mustBeDurable);
            CommitGroup(session, group);
            group.Clear();
        }
    }

    // Where one write fails, nothing of its group is kept and each is run again alone, so that it takes nothing of the others with it.
    private static void CommitGroup(SqliteSession session, IReadOnlyList<SqliteWrite> group)
    {
        var failure = TryCommit(session, group);
        if (failure is null)
        {
            foreach (var write in group) write.Complete();
        }
        else if (group is [var single])
        {
            single.Fail(failure);
        }
        else
        {
            foreach (var write in group) CommitGroup(session, [write]);
        }
    }

    private static Exception? TryCommit(SqliteSession session, IReadOnlyList<SqliteWrite> group)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var write in group) write.Run(session);
            session.Execute("COMMIT");
            return null;
        }
        catch (Exception exception)
        {
            // The edge between the writer thread and its callers: whatever goes wrong is answered to whoever asked.
            Rollback(session);
            return exception;
        }
    }

    private static void Rollback(SqliteSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back by itself already (disk full, I/O error); the first reason is what gets told.
        }
    }
}
