using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Engine.Queue;
using PlaybookBuilder.Tests.Files;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Workflows;

namespace PlaybookBuilder.Tests.Database;

public sealed class SqliteFileJobQueueConformance : JobQueueConformance
{
    private SqliteStores? _stores;

    private protected override (IPlaybookStore Store, IJobQueue Queue) Open(TimeProvider time)
    {
        _stores ??= SqliteStores.InFile(time);
        return (_stores.Store, _stores.Queue);
    }

    public override void Dispose() => _stores?.Dispose();
}

public class SqliteMemoryJobQueueConformance : JobQueueConformance
{
    private SqliteStores? _stores;

    private protected override (IPlaybookStore Store, IJobQueue Queue) Open(TimeProvider time)
    {
        _stores ??= SqliteStores.InMemory(time);
        return (_stores.Store, _stores.Queue);
    }

    public override void Dispose()
    {
        _stores?.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class SqliteFilePlaybookStoreConformance : PlaybookStoreConformance
{
    private readonly SqliteStores _stores = SqliteStores.InFile();

    private protected override IPlaybookStore Open() => _stores.Store;

    public override void Dispose() => _stores.Dispose();
}

public class SqliteMemoryPlaybookStoreConformance : PlaybookStoreConformance
{
    private readonly SqliteStores _stores = SqliteStores.InMemory();

    private protected override IPlaybookStore Open() => _stores.Store;

    public override void Dispose()
    {
        _stores.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class SqliteUploadStoreConformance : UploadStoreConformance, IDisposable
{
    private readonly SqliteStores _stores = SqliteStores.InMemory();

    private protected override IUploadStore Store => new SqliteUploadStore(_stores.Database);

    public void Dispose() => _stores.Dispose();
}

public sealed class SqliteModelDatabaseConformance : ModelDatabaseConformance, IDisposable
{
    private readonly SqliteStores _stores = SqliteStores.InMemory();

    private protected override IModelDatabase Database => _stores.Model;

    public void Dispose() => _stores.Dispose();
}
