using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

public sealed class PostgresSchemaTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Migrations_AreThoseOfTheModel()
    {
        Assert.False(PostgresMigrations.HasPendingChanges(), "The model was changed without a migration.");
        Assert.Equal(PostgresMigrations.OfModel().Select(migration => (migration.FileName, migration.ToText())), PostgresMigrations.All.Select(migration => (migration.FileName, migration.ToText())));
    }

    [Fact]
    public async Task Migrate_EmptyDatabase_IsThenAccepted()
    {
        var schema = Open(await server.NewDatabaseAsync(isMigrated: false));

        Assert.Contains("run 'migrate'", (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => schema.CheckAsync(Cancellation))).Message, StringComparison.Ordinal);
        Assert.Equal(PostgresMigrations.All.Select(migration => migration.FileName), await schema.MigrateAsync(Cancellation));
        await schema.CheckAsync(Cancellation);
        Assert.Empty(await schema.MigrateAsync(Cancellation));
    }

    [Fact]
    public async Task Migrate_ByFiveAtOnce_IsDoneOnce()
    {
        var url = await server.NewDatabaseAsync(isMigrated: false);

        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Open(url).MigrateAsync(Cancellation))));

        Assert.Single(applied, files => files.Count > 0);
        await Open(url).CheckAsync(Cancellation);
    }

    [Fact]
    public async Task Migrate_ThatFails_KeepsNothingOfIt()
    {
        var url = await server.NewDatabaseAsync(isMigrated: false);
        await ExecuteAsync(url, "CREATE TABLE step (id text)");

        var exception = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Open(url).MigrateAsync(Cancellation));

        Assert.Contains("0001_initial.sql failed", exception.Message, StringComparison.Ordinal);
        await ExecuteAsync(url, "DROP TABLE step");
        Assert.NotEmpty(await Open(url).MigrateAsync(Cancellation));
    }

    [Fact]
    public async Task Check_NewerDatabase_IsRefused()
    {
        var url = await server.NewDatabaseAsync(isMigrated: false);
        await Open(url).MigrateAsync(Cancellation);
        await ExecuteAsync(url, "INSERT INTO schema_migrations VALUES ('9999')");

        Assert.Contains("9999", (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Open(url).CheckAsync(Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Open(url).MigrateAsync(Cancellation));
    }

    /// <remarks>What was accepted before files in playbooks needed a grant, and what steps made before it was kept only while a value names it.</remarks>
    [Fact]
    public async Task Migrate_DatabaseWithFilesInPlaybooks_GrantsThem()
    {
        var url = await MigratedUpToAsync("0004");
        await ExecuteAsync(url, """
            INSERT INTO upload VALUES ('mine', 'a', 1, 'a.csv', gen_random_uuid(), now()), ('made', 'b', 1, 'b.h5ad', NULL, now()), ('other', 'c', 1, 'c.csv', gen_random_uuid(), now());
            INSERT INTO data VALUES (md5('1')::uuid, 'FileURL', '{"filename":"a.csv","url":"drs://host:80/mine"}'), (md5('2')::uuid, 'FileURL', '{"a":[{"b":"drs://h/made"},"other","drs://h/none"]}'), (md5('3')::uuid, 'FileURL', '{"url":"drs://h/other"}');
            INSERT INTO process (id, type, data_id) VALUES (md5('11')::uuid, 'FileInput', md5('1')::uuid), (md5('12')::uuid, 'FileInput', md5('2')::uuid)
            """);

        await Open(url).MigrateAsync(Cancellation);

        Assert.Equal("mine", await ExecuteAsync(url, "SELECT string_agg(upload_id, ',') FROM upload_grant WHERE data_id = md5('1')::uuid"));
        Assert.Equal("made", await ExecuteAsync(url, "SELECT string_agg(upload_id, ',') FROM upload_grant WHERE data_id = md5('2')::uuid"));
        Assert.Equal(2L, await ExecuteAsync(url, "SELECT count(*) FROM upload_grant"));
    }

    /// <remarks>Of all versions, what has a frozen result and nothing else.</remarks>
    [Fact]
    public async Task Migrate_DatabaseWithSavedPlaybooks_HoldsTheirResults()
    {
        var url = await MigratedUpToAsync("0006");
        await ExecuteAsync(url, """
            INSERT INTO data VALUES (md5('1')::uuid, 'Text', '{}');
            INSERT INTO process SELECT md5('process' || i)::uuid, 'Copy', NULL, CASE WHEN i <> 3 THEN now() END FROM generate_series(1, 5) AS row (i);
            INSERT INTO resolution SELECT md5('process' || i)::uuid, md5('1')::uuid, 1, now(), 0, false FROM generate_series(1, 5) AS row (i) WHERE i <> 4;
            INSERT INTO step VALUES (md5('step1')::uuid, md5('process1')::uuid, NULL), (md5('step2')::uuid, md5('process2')::uuid, md5('step1')::uuid), (md5('step3')::uuid, md5('process3')::uuid, md5('step2')::uuid),
              (md5('step4')::uuid, md5('process4')::uuid, md5('step1')::uuid), (md5('step5')::uuid, md5('process5')::uuid, NULL);
            INSERT INTO saved_playbook (id, user_id, playbook_id, version, title, description, authors, licence, is_curated, clicks, created, updated)
              SELECT md5('saved')::uuid, id, md5('step4')::uuid, 2, '', '', '', '', false, 0, now(), now() FROM user_account LIMIT 1;
            INSERT INTO saved_playbook_version VALUES (md5('saved')::uuid, 1, md5('step3')::uuid, '', now()), (md5('saved')::uuid, 2, md5('step4')::uuid, '', now())
            """);

        await Open(url).MigrateAsync(Cancellation);

        Assert.Equal(2L, await ExecuteAsync(url, "SELECT count(*) FROM saved_playbook_result WHERE process_id IN (md5('process1')::uuid, md5('process2')::uuid)"));
        Assert.Equal(2L, await ExecuteAsync(url, "SELECT count(*) FROM saved_playbook_result"));
    }

    [Fact]
    public async Task Down_AfterUp_LeavesNothing()
    {
        var url = await server.NewDatabaseAsync();

        foreach (var migration in PostgresMigrations.All.Reverse()) await ExecuteAsync(url, migration.Down);

        await ExecuteAsync(url, "DROP TABLE schema_migrations");
        Assert.Equal(0L, await ExecuteAsync(url, "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = 'public'"));
    }

    /// <summary>A database as a program of an earlier version left it.</summary>
    private async Task<string> MigratedUpToAsync(string version)
    {
        var url = await server.NewDatabaseAsync();
        foreach (var migration in PostgresMigrations.All.Reverse().TakeWhile(migration => string.CompareOrdinal(migration.Version, version) > 0))
        {
            await ExecuteAsync(url, $"{migration.Down}; DELETE FROM schema_migrations WHERE version = '{migration.Version}'");
        }

        return url;
    }

    private static PostgresSchema Open(string url) => new(Options.Create(new DatabaseOptions { Url = url }));

    private static async Task<object?> ExecuteAsync(string url, string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
