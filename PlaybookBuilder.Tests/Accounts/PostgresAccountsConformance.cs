using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Database.Postgres;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Accounts;

public sealed class PostgresAccountsConformance(PostgresServer server) : AccountsConformance, IAsyncLifetime
{
    private PostgresStores? _stores;

    private protected override IModelDatabase Database => _stores!.Model;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores?.DisposeAsync() ?? ValueTask.CompletedTask;
}
