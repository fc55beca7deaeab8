using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

public sealed class SqliteGrantsConformance : GrantsConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(30, 1)]
    public async Task Import_OfSoManyLinks_AsksSoOften(int links, int expected)
    {
        var owner = await Host.NewUserAsync();
        var playbook = Playbook.Empty.Extend(new Process("Of former times", Datum.OfJson("Text", "\"drs: no link\"")));
        for (var i = 0; i < links; i++) playbook = playbook.Extend(FilesHost.Naming(await Host.UploadAsync(owner.UserId, $"{i}")).Head.Process);
        var asked = 0;
        Host.Get<SqliteDatabase>().StatementStarting += sql =>
        {
            if (sql.StartsWith("SELECT", StringComparison.Ordinal) && sql.Contains("upload", StringComparison.Ordinal)) Interlocked.Increment(ref asked);
        };

        await Host.ImportAsync(playbook, owner);

        Assert.Equal(expected, asked);
        Assert.Equal(links, (await GrantsAsync()).Count);
        // Granted already, it is the same for everybody.
        await Host.ImportAsync(playbook, Actor.Anonymous);
    }
}

public sealed class PostgresGrantsConformance(PostgresServer server) : GrantsConformance
{
    private protected override Task<string> OpenAsync() => server.NewDatabaseAsync();
}
