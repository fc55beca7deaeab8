using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>dbmate and the program's own <c>migrate</c> do the same and keep the same books.</summary>
public sealed class DbmateTests(PostgresServer server)
{
    private static readonly int All = PostgresMigrations.All.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_WithoutADatabase_MakesOneOnWhichTheApplicationRuns()
    {
        // A database that is not there yet: dbmate makes it.
        var url = await server.NewDatabaseAsync(isMigrated: false) + "_by_dbmate";

        var output = await Dbmate.RunAsync(url, "up");

        Assert.All(PostgresMigrations.All, migration => Assert.Contains($"Applied: {migration.FileName}", output, StringComparison.Ordinal));
        await using var deployment = await Deployment.StartAsync(url, replicas: 1, workers: 1);
        var id = await deployment.PostAsync(0, Deployment.Chain("on dbmate's schema", 3));
        Assert.Equal("Set[Gene]", (await deployment.OutputAsync(0, id)).Type);
    }

    [Fact]
    public async Task Down_ThenUp_GoesBackAndForth()
    {
        var url = await server.NewDatabaseAsync(isMigrated: false);
        await Dbmate.RunAsync(url, "up");
        await AssertStandsAsync(url, pending: 0);

        await Dbmate.RunAsync(url, "down");

        await AssertStandsAsync(url, pending: 1);
        Assert.Contains($"lacks {PostgresMigrations.All[^1].FileName}", (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Open(url).CheckAsync(Cancellation))).Message, StringComparison.Ordinal);
        await Dbmate.RunAsync(url, "up");
        await AssertStandsAsync(url, pending: 0);
        await Open(url).CheckAsync(Cancellation);
    }

    [Fact]
    public async Task Up_AfterMigrate_FindsAllDone()
    {
        var url = await server.NewDatabaseAsync(isMigrated: false);
        await Open(url).MigrateAsync(Cancellation);

        await AssertStandsAsync(url, pending: 0);
        Assert.DoesNotContain("Appl", await Dbmate.RunAsync(url, "up"), StringComparison.Ordinal);
        for (var i = 1; i <= All; i++)
        {
            await Dbmate.RunAsync(url, "down");
            await AssertStandsAsync(url, pending: i);
        }

        // What dbmate took back, the program makes again.
        Assert.Equal(All, (await Open(url).MigrateAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Migrate_AfterUp_FindsAllDone()
    {
        var url = await server.NewDatabaseAsync(isMigrated: false);
        await Dbmate.RunAsync(url, "up");

        Assert.Empty(await Open(url).MigrateAsync(Cancellation));
        await Open(url).CheckAsync(Cancellation);
    }

    private static async Task AssertStandsAsync(string url, int pending)
    {
        var status = await Dbmate.RunAsync(url, "status");
        Assert.Contains($"Applied: {All - pending}", status, StringComparison.Ordinal);
        Assert.Contains($"Pending: {pending}", status, StringComparison.Ordinal);
    }

    private static PostgresSchema Open(string url) => new(Options.Create(new DatabaseOptions { Url = url }));
}
