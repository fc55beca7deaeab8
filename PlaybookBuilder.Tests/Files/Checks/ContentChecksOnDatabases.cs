using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Saving;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files.Checks;

public sealed class SqliteContentChecksConformance : ContentChecksConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresContentChecksConformance(PostgresServer server) : ContentChecksConformance
{
    private string _url = "";

    [Fact]
    public async Task List_AmongMany_ReadsNoTableWhole()
    {
        await Host.UploadAsync(null);
        await FillAsync();
        using var statements = new HeardStatements(_url, "content_check", "upload");
        var page = await ListAsync(new PageRequest(null, 20));
        Assert.Equal(20, (await ListAsync(new PageRequest(page.Next, 20))).Items.Count);
        await Host.UploadAsync(null);

        await using var check = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        Assert.Superset(new HashSet<string> { "content_check", "upload" }, check.Large.ToHashSet());
        Assert.True(statements.All.Count >= 4, string.Join('\n', statements.All));
        var faults = new List<string>();
        foreach (var statement in statements.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private async Task FillAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await connection.OpenAsync(Cancellation);
        await connection.RunAsync("""
            INSERT INTO upload SELECT 'upload' || i, md5('content' || i), 1, 'a.csv', NULL, now() FROM generate_series(1, 12000) AS row (i);
            INSERT INTO content_check SELECT md5('content' || i), now() - i * interval '1 minute', CASE WHEN i % 10 = 0 THEN 'Its bytes are gone.' END FROM generate_series(1, 12000) AS row (i)
            """, Cancellation);
        await connection.RunAsync("VACUUM ANALYZE", Cancellation);
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
