using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Database.Postgres;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Cavatica.Accounts;

public sealed class PostgresCavaticaAccountsConformance(PostgresServer server, SevenBridgesPlatform platform) : CavaticaAccountsConformance(platform), IAsyncLifetime
{
    private PostgresStores? _stores;

    private protected override IModelDatabase Database => _stores!.Model;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores?.DisposeAsync() ?? ValueTask.CompletedTask;
}
