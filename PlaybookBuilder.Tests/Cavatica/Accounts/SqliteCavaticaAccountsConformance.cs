using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Cavatica.Accounts;

public sealed class SqliteCavaticaAccountsConformance(SevenBridgesPlatform platform) : CavaticaAccountsConformance(platform), IDisposable
{
    private readonly SqliteStores _stores = SqliteStores.InMemory();

    private protected override IModelDatabase Database => _stores.Model;

    public void Dispose() => _stores.Dispose();
}
