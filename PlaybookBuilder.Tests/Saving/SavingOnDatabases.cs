using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Saving;

public sealed class SqliteSavingConformance : SavingConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresSavingConformance(PostgresServer server) : SavingConformance
{
    private string _url = "";

    [Fact]
    public async Task Clean_WhileAnotherProgramIsAtIt_LeavesItToThat()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, Playbooks.Chain(1), null, TestContext.Current.CancellationToken);
        await Host.Saved.DeleteAsync(user, saved.Id, TestContext.Current.CancellationToken);
        Host.Time.Advance(TimeSpan.FromDays(31));
        await using var other = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await other.RunAsync($"SELECT pg_advisory_lock({PostgresLocks.DeletedPlaybooks})", TestContext.Current.CancellationToken);

        Assert.Equal(0, await Host.Cleaning.RunAsync(TestContext.Current.CancellationToken));
        await other.RunAsync($"SELECT pg_advisory_unlock({PostgresLocks.DeletedPlaybooks})", TestContext.Current.CancellationToken);
        Assert.Equal(1, await Host.Cleaning.RunAsync(TestContext.Current.CancellationToken));
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
