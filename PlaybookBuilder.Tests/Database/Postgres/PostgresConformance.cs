using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Engine.Queue;
using PlaybookBuilder.Tests.Files;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Workflows;

namespace PlaybookBuilder.Tests.Database.Postgres;

public sealed class PostgresJobQueueConformance(PostgresServer server) : JobQueueConformance, IAsyncLifetime
{
    private PostgresStores? _stores;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores?.DisposeAsync() ?? ValueTask.CompletedTask;

    public override void Dispose()
    {
        // Disposed of above.
    }

    private protected override (IPlaybookStore Store, IJobQueue Queue) Open(TimeProvider time) => (_stores!.Store, _stores.Queue);

    private protected override void Advance(TimeSpan time) => _stores!.Age(time);

    private protected override bool IsNow(DateTimeOffset? moment) => moment is { } then && (TimeProvider.System.GetUtcNow() - then).Duration() < TimeSpan.FromMinutes(1);
}

public sealed class PostgresPlaybookStoreConformance(PostgresServer server) : PlaybookStoreConformance, IAsyncLifetime
{
    private PostgresStores? _stores;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores?.DisposeAsync() ?? ValueTask.CompletedTask;

    public override void Dispose()
    {
        // Disposed of above.
    }

    private protected override IPlaybookStore Open() => _stores!.Store;
}

public sealed class PostgresUploadStoreConformance(PostgresServer server) : UploadStoreConformance, IAsyncLifetime
{
    private PostgresStores? _stores;

    private protected override IUploadStore Store => _stores!.Uploads;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class PostgresModelDatabaseConformance(PostgresServer server) : ModelDatabaseConformance, IAsyncLifetime
{
    private PostgresStores? _stores;

    private protected override IModelDatabase Database => _stores!.Model;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores?.DisposeAsync() ?? ValueTask.CompletedTask;
}
