using Microsoft.EntityFrameworkCore;
using Npgsql;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>Units of work through the model whose connection breaks.</summary>
public sealed class PostgresModelDatabaseTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WhoseConnectionTheServerKills_IsDoneAgain()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var runs = 0;

        var name = await stores.Model.ReadAsync(
            async (context, token) =>
            {
                if (runs++ == 0) await KillAsync(stores, context);
                return await context.Set<UserAccountRow>().Where(row => row.Id == LocalAccount.Id).Select(row => row.Name).SingleAsync(token);
            },
            Cancellation);

        Assert.Equal(LocalAccount.Name, name);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Write_WhoseConnectionTheServerKillsBeforeItIsKept_IsDoneAgain()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var runs = 0;

        await stores.Model.WriteAsync(
            async (context, token) =>
            {
                var local = await context.Set<UserAccountRow>().SingleAsync(row => row.Id == LocalAccount.Id, token);
                local.Affiliation = $"run {++runs}";
                if (runs == 1) await KillAsync(stores, context);
                return await context.SaveChangesAsync(token);
            },
            Cancellation);

        Assert.Equal("run 2", await stores.Model.ReadAsync((context, token) => context.Set<UserAccountRow>().Where(row => row.Id == LocalAccount.Id).Select(row => row.Affiliation).SingleAsync(token), Cancellation));
    }

    /// <summary>Npgsql takes a statement for prepared whose first prepared use failed, and then misreads what the server sends (npgsql/npgsql#6391).</summary>
    [Fact]
    public async Task Read_AfterTheServerRefusedTheSameStatement_IsAnsweredRight()
    {
        var url = await server.NewDatabaseAsync();
        await using var stores = PostgresStores.Of($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}pool_size=1");

        Assert.Equal(1, await CountAsync(LocalAccount.Name));
        var refused = await Assert.ThrowsAsync<WorkflowException>(() => CountAsync("a\0b"));
        Assert.Contains("zero character", refused.Message, StringComparison.Ordinal);
        for (var times = 0; times < 3; times++) Assert.Equal(1, await CountAsync(LocalAccount.Name));

        Task<int> CountAsync(string name) => stores.Model.ReadAsync((context, token) => context.Set<UserAccountRow>().CountAsync(row => row.Name == name, token), Cancellation);
    }

    private static async Task KillAsync(PostgresStores stores, PlaybookDbContext context)
    {
        var victim = ((NpgsqlConnection)context.Database.GetDbConnection()).ProcessID;
        await using var killer = await PostgresSession.OpenAsync(stores.Url);
        await killer.ExecuteAsync($"SELECT pg_terminate_backend({victim}, 5000)");
    }
}
