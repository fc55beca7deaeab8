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

    /// <remarks>What was accepted before files in playbooks needed a grant.</remarks>
    [Fact]
    public async Task Migrate_DatabaseWithFilesInPlaybooks_GrantsThem()
    {
        var url = await server.NewDatabaseAsync();
        foreach (var migration in PostgresMigrations.All.Reverse().TakeWhile(static migration => string.CompareOrdinal(migration.Version, "0005") >= 0))
        {
            await ExecuteAsync(url, $"{migration.Down}; DELETE FROM schema_migrations WHERE version = '{migration.Version}'");
        }

        await ExecuteAsync(url, """
            INSERT INTO upload VALUES ('mine', 'a', 1, 'a.csv', gen_random_uuid(), now()), ('made', 'b', 1, 'b.h5ad', NULL, now()), ('other', 'c', 1, 'c.csv', gen_random_uuid(), now());
            INSERT INTO data VALUES (md5('1')::uuid, 'FileURL', '{"filename":"a.csv","url":"drs://host:80/mine"}'), (md5('2')::uuid, 'FileURL', '{"a":[{"b":"drs://h/made"},"other","drs://h/none"]}'), (md5('3')::uuid, 'FileURL', '{"url":"drs://h/other"}');
            INSERT INTO process (id, type, data_id) VALUES (md5('11')::uuid, 'FileInput', md5('1')::uuid), (md5('12')::uuid, 'FileInput', md5('2')::uuid)
            """);

        await Open(url).MigrateAsync(Cancellation);

        Assert.Equal("mine", await ExecuteAsync(url, "SELECT string_agg(upload_id, ',') FROM upload_grant WHERE data_id = md5('1')::uuid"));
        Assert.Equal(1L, await ExecuteAsync(url, "SELECT count(*) FROM upload_grant"));
    }

    [Fact]
    public async Task Down_AfterUp_LeavesNothing()
    {
        var url = await server.NewDatabaseAsync();

        foreach (var migration in PostgresMigrations.All.Reverse()) await ExecuteAsync(url, migration.Down);

        await ExecuteAsync(url, "DROP TABLE schema_migrations");
        Assert.Equal(0L, await ExecuteAsync(url, "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = 'public'"));
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
