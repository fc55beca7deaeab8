using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Saving;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

public sealed class SqliteDeletionConformance : DeletionConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresDeletionConformance(PostgresServer server) : DeletionConformance
{
    private string _url = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_AmongMany_ReadsNoTableWhole()
    {
        var owner = await Host.NewUserAsync();
        var id = IdOf(await Host.UploadAsync(owner.UserId));
        await FillAsync();
        using var statements = new HeardStatements(_url, "upload");
        await Uploads.ListAsync(owner, new PageRequest(), Cancellation);
        await Uploads.FindUseAsync(owner, id, Cancellation);
        await Uploads.DeleteAsync(owner, id, Cancellation);

        await using var check = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        Assert.Superset(new HashSet<string> { "upload", "upload_grant", "deleted_upload", "saved_playbook", "saved_playbook_term" }, check.Large.ToHashSet());
        Assert.True(statements.All.Count >= 5, string.Join('\n', statements.All));
        var faults = new List<string>();
        foreach (var statement in statements.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private async Task FillAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await connection.OpenAsync(Cancellation);
        // Without looking at foreign keys row by row.
        await connection.RunAsync("""
            SET session_replication_role = replica;
            INSERT INTO upload SELECT 'upload' || i, md5('content' || i), 1, 'a.csv', md5('user' || i % 300)::uuid, now() - i * interval '1 second' FROM generate_series(1, 12000) AS row (i);
            INSERT INTO upload_grant SELECT md5('data' || i)::uuid, 'upload' || i FROM generate_series(1, 12000) AS row (i);
            INSERT INTO deleted_upload SELECT 'gone' || i, md5('gone' || i) FROM generate_series(1, 12000) AS row (i);
            INSERT INTO saved_playbook (id, user_id, playbook_id, version, title, description, authors, licence, published, is_curated, clicks, created, updated)
              SELECT md5('saved' || i)::uuid, md5('user' || i % 300)::uuid, md5('playbook' || i)::uuid, 1, 'Liver', '', 'Ada', 'MIT', now(), false, 0, now(), now() FROM generate_series(1, 12000) AS row (i);
            INSERT INTO saved_playbook_term SELECT md5('saved' || i)::uuid, 5, 'upload' || i FROM generate_series(1, 12000) AS row (i)
            """, Cancellation);
        await connection.RunAsync("VACUUM ANALYZE", Cancellation);
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
