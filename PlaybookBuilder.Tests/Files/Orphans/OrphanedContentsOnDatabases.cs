using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Saving;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files.Orphans;

public sealed class SqliteOrphanedContentsConformance : OrphanedContentsConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresOrphanedContentsConformance(PostgresServer server) : OrphanedContentsConformance
{
    private string _url = "";

    [Fact]
    public async Task Remove_AmongMany_ReadsNoTableWhole()
    {
        await Remove_OfWhatNoRecordNames_WaitsForItsAgeAndLeavesTheRest();
        await using (var connection = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url)))
        {
            await connection.OpenAsync(Cancellation);
            await connection.RunAsync("INSERT INTO upload SELECT 'upload' || i, md5('content' || i), 1, 'a.csv', NULL, now() FROM generate_series(1, 12000) AS row (i)", Cancellation);
            await connection.RunAsync("VACUUM ANALYZE", Cancellation);
        }

        using var statements = new HeardStatements(_url, "upload");
        await RemoveAsync();

        await using var check = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        Assert.Contains("upload", check.Large);
        Assert.NotEmpty(statements.All);
        var faults = new List<string>();
        foreach (var statement in statements.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
