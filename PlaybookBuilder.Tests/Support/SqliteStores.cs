using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Support;

/// <summary>An embedded database of its own for one test, with its stores.</summary>
internal sealed class SqliteStores : IDisposable
{
    private readonly TemporaryFolder? _folder;

    private SqliteStores(string url, TimeProvider time, TemporaryFolder? folder)
    {
        _folder = folder;
        Database = new SqliteDatabase(Options.Create(new DatabaseOptions { Url = url }));
        Store = new SqlitePlaybookStore(Database);
        Queue = new SqliteJobQueue(Database, time);
        Model = new SqliteModelDatabase(Database);
    }

    public SqliteDatabase Database { get; }

    public IPlaybookStore Store { get; }

    public IJobQueue Queue { get; }

    public IModelDatabase Model { get; }

    public static SqliteStores InMemory(TimeProvider? time = null) => new(DatabaseOptions.Memory, time ?? TimeProvider.System, null);

    public static SqliteStores InFile(TimeProvider? time = null)
    {
        var folder = new TemporaryFolder();
        return new($"file:{folder.Path}/playbook.db", time ?? TimeProvider.System, folder);
    }

    public void Dispose()
    {
        Database.Dispose();
        _folder?.Dispose();
    }
}
