using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Engine.Queue;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Workflows;

namespace PlaybookBuilder.Tests.Database.Postgres;

public sealed class PostgresJobQueueConformance(PostgresServer server) : JobQueueConformance
{
    private PostgresStores? _stores;

    private protected override (IPlaybookStore Store, IJobQueue Queue) Open(TimeProvider time)
    {
        _stores ??= PostgresStores.Open(server);
        return (_stores.Store, _stores.Queue);
    }

    private protected override void Advance(TimeSpan time) => _stores!.Age(time);

    private protected override bool IsNow(DateTimeOffset? moment) => moment is { } then && (TimeProvider.System.GetUtcNow() - then).Duration() < TimeSpan.FromMinutes(1);

    public override void Dispose() => _stores?.Dispose();
}

public sealed class PostgresPlaybookStoreConformance(PostgresServer server) : PlaybookStoreConformance
{
    private PostgresStores? _stores;

    private protected override IPlaybookStore Open() => (_stores ??= PostgresStores.Open(server)).Store;

    public override void Dispose() => _stores?.Dispose();
}
