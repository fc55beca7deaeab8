using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files.Checks;

public sealed class SqliteContentChecksConformance : ContentChecksConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresContentChecksConformance(PostgresServer server) : ContentChecksConformance
{
    private protected override Task<string> OpenAsync() => server.NewDatabaseAsync();
}
