using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Accounts;

public sealed class SqliteAccountsConformance : AccountsConformance, IDisposable
{
    private readonly SqliteStores _stores = SqliteStores.InMemory();

    private protected override IModelDatabase Database => _stores.Model;

    public void Dispose() => _stores.Dispose();
}
