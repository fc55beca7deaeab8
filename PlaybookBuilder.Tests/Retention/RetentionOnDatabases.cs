using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Tests.Database.Postgres;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Saving;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Retention;

public sealed class SqliteRetentionConformance : RetentionConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class SqliteRetentionOfFilesConformance : RetentionOfFilesConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresRetentionOfFilesConformance(PostgresServer server) : RetentionOfFilesConformance
{
    private protected override Task<string> OpenAsync() => server.NewDatabaseAsync();
}

public sealed class PostgresRetentionConformance(PostgresServer server) : RetentionConformance
{
    private string _url = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_WhileAnotherProgramIsAtIt_LeavesItToThat()
    {
        await ComputeAsync(Playbooks.Chain(2));
        await using var other = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await other.OpenAsync(Cancellation);
        await other.RunAsync($"SELECT pg_advisory_lock({PostgresLocks.Retention})", Cancellation);

        Assert.Equal(FreedCache.Nothing, await FreeAsync(Always));
        await other.RunAsync($"SELECT pg_advisory_unlock({PostgresLocks.Retention})", Cancellation);
        Assert.Equal(2, (await FreeAsync(Always)).Results);
    }

    [Fact]
    public async Task Free_WhatIsBeingSaved_WaitsForThatAndLeavesIt()
    {
        await Saved.SaveAsync(await Host.NewUserAsync(), await ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        await RunAsync("DELETE FROM saved_playbook_result");
        // As saving does it: frozen results that are there already.
        await using var saving = await HeldTransaction.BeginAsync(_url, """
            SELECT 1 FROM resolution JOIN process ON process.id = resolution.process_id WHERE process.timestamp IS NOT NULL FOR KEY SHARE OF resolution;
            INSERT INTO saved_playbook_result SELECT saved_playbook.id, process.id FROM saved_playbook, process WHERE process.timestamp IS NOT NULL
            """);

        var freeing = FreeAsync(Always);
        await saving.UntilWaitedForAsync(freeing);
        await saving.CommitAsync();

        Assert.Equal(2, (await freeing).Results);
    }

    [Fact]
    public async Task Free_AValueThatIsBeingNamed_WaitsForThatAndLeavesIt()
    {
        await ComputeAsync(Playbooks.Chain(1));
        await RunAsync("DELETE FROM resolution");
        await using var naming = await HeldTransaction.BeginAsync(_url, "INSERT INTO resolution SELECT process.id, data.id, 1, now(), 0, false FROM process, data WHERE data.type = 'Text'");

        var freeing = FreeAsync(null);
        await naming.UntilWaitedForAsync(freeing);
        await naming.CommitAsync();

        Assert.Equal(0, (await freeing).Values);
    }

    [Fact]
    public async Task Save_WhatIsBeingFreed_LeavesItToBeComputed()
    {
        var playbook = await ComputeAsync(Playbooks.Chain(2));
        await using var freeing = await HeldTransaction.BeginAsync(_url, "DELETE FROM resolution; DELETE FROM data WHERE type = 'Text'");

        var saving = Saved.SaveAsync(await Host.NewUserAsync(), playbook, null, Cancellation);
        await freeing.UntilWaitedForAsync(saving);
        await freeing.CommitAsync();

        var kept = await Host.Get<PlaybookEngine>().GetAsync((await saving).PlaybookId, Cancellation);
        Assert.All(kept.Steps, step => Assert.Null(step.Process.Timestamp));
    }

    [Fact]
    public async Task Import_OfAnAnswerThatWasFreedMeanwhile_IsDoneAgain()
    {
        // Between the statement that found the value there and the one that names it.
        await RunAsync("""
            CREATE SEQUENCE tries;
            CREATE FUNCTION miss() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF nextval('tries') = 1 THEN RAISE EXCEPTION 'missing' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'fk_process_data_id'; END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER miss BEFORE INSERT ON process FOR EACH ROW EXECUTE FUNCTION miss()
            """);

        await ComputeAsync(Playbooks.Chain(1));
    }

    [Fact]
    public async Task Everything_AmongMany_ReadsNoTableWhole()
    {
        var playbook = await ComputeAsync(Playbooks.Chain(2));
        await FillAsync();
        using var statements = new HeardStatements(_url, "resolution", "saved_playbook_result", "upload", "data");
        await Saved.SaveAsync(await Host.NewUserAsync(), playbook, null, Cancellation);
        var freed = await FreeAsync(Always);
        Assert.True(freed is { Results: > 1000, Values: > 1000, Files: > 1000 }, $"{freed}");

        await using var check = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        var faults = new List<string>();
        foreach (var statement in statements.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        Assert.True(statements.All.Count >= 10, string.Join('\n', statements.All));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await connection.OpenAsync(Cancellation);
        await connection.RunAsync(sql, Cancellation);
    }

    // Half of what is freed stays until then: tables are still large when plans are made.
    private async Task FillAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await connection.OpenAsync(Cancellation);
        // Without looking at foreign keys row by row.
        await connection.RunAsync("""
            SET session_replication_role = replica;
            INSERT INTO data SELECT md5('data' || i)::uuid, 'Text', '"' || i || '"' FROM generate_series(1, 24000) AS row (i);
            INSERT INTO process SELECT md5('process' || i)::uuid, 'Ask', NULL, NULL FROM generate_series(1, 24000) AS row (i);
            INSERT INTO process SELECT md5('answered' || i)::uuid, 'Ask', md5('data' || i)::uuid, NULL FROM generate_series(12001, 24000) AS row (i);
            INSERT INTO process_input SELECT md5('answered' || i)::uuid, 'text', -1, md5('process' || i)::uuid FROM generate_series(12001, 24000) AS row (i);
            INSERT INTO resolution SELECT md5('process' || i)::uuid, md5('data' || i)::uuid, 1, now() - i * interval '1 second', 1, false FROM generate_series(1, 24000) AS row (i);
            INSERT INTO saved_playbook (id, user_id, playbook_id, version, title, description, authors, licence, published, is_curated, clicks, created, updated)
              SELECT md5('saved' || i)::uuid, md5('user' || i % 300)::uuid, md5('playbook' || i)::uuid, 1, 'Liver', '', 'Ada', 'MIT', now(), false, 0, now(), now() FROM generate_series(1, 12000) AS row (i);
            INSERT INTO saved_playbook_result SELECT md5('saved' || i - 12000)::uuid, md5('process' || i)::uuid FROM generate_series(12001, 24000) AS row (i);
            INSERT INTO upload SELECT 'upload' || i, md5('content' || i), 1, 'a.csv', CASE WHEN i > 2000 THEN md5('user' || i % 300)::uuid END, now() - interval '3 days' - i * interval '1 second' FROM generate_series(1, 14000) AS row (i);
            INSERT INTO upload_grant SELECT md5('data' || i)::uuid, 'upload' || i FROM generate_series(12001, 24000) AS row (i)
            """, Cancellation);
        await connection.RunAsync("VACUUM ANALYZE", Cancellation);
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
