using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Resumable;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Saving;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Files.Resumable;

public sealed class SqliteResumableUploadsConformance : ResumableUploadsConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresResumableUploadsConformance(PostgresServer server) : ResumableUploadsConformance
{
    private string _url = "";

    [Fact]
    public async Task Everything_AmongMany_ReadsNoTableWhole()
    {
        var owner = await Host.NewUserAsync();
        var id = (await Uploads.CreateAsync(owner, "a.csv", 200, Cancellation)).Id;
        await FillAsync();
        using var statements = new HeardStatements(_url, "upload");
        await Uploads.AppendAsync(owner, id, 0, new MemoryStream(Bytes(100)), null, Cancellation);
        await Uploads.ListAsync(owner, Cancellation);
        var file = Assert.IsType<AppendOutcome.Kept>(await Uploads.AppendAsync(owner, id, 100, new MemoryStream(Bytes(100)), null, Cancellation)).Upload.File!;
        await Host.Get<UploadQuota>().ReadAsync(owner, Cancellation);
        await Host.Get<UnfinishedUploads>().CompleteAsync(Cancellation);
        await Host.Get<ExpiredUploads>().RemoveAsync(Cancellation);
        foreach (var order in Enum.GetValues<UploadOrder>()) await Host.Get<OwnUploads>().ListAsync(owner, new UploadQuery("A", order), new PageRequest(null, 1), Cancellation);
        await Host.Get<OwnUploads>().ShareAsync(owner, file.Url.Split('/')[^1], UploadSharing.Link, "127.0.0.1", Cancellation);
        await Uploads.DeleteAsync(owner, id, Cancellation);

        await using var check = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        Assert.Superset(new HashSet<string> { "upload", "resumable_upload" }, check.Large.ToHashSet());
        Assert.True(statements.All.Count >= 10, string.Join('\n', statements.All));
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
            INSERT INTO resumable_upload SELECT 'upload' || i, md5('user' || i % 300)::uuid, 'a.csv', 2, 1, now(), now() + interval '1 day', NULL FROM generate_series(1, 12000) AS row (i)
            """, Cancellation);
        await connection.RunAsync("VACUUM ANALYZE", Cancellation);
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
