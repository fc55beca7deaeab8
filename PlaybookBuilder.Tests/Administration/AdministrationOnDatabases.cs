using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Saving;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Administration;

public sealed class SqliteAdministrationConformance : AdministrationConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresAdministrationConformance(PostgresServer server) : AdministrationConformance
{
    [Fact]
    public async Task Lists_OnAFilledDatabase_ReadNoTableWhole()
    {
        var url = await server.NewFilledDatabaseAsync(Cancellation);
        await using var host = await AdministrationHost.StartAsync(url);
        using var statements = new HeardStatements(url, "user_account", "sign_in", "user_session", "saved_playbook", "suggestion", "upload", "job", "program", "logged_error", "audit_entry");
        foreach (var (_, read) in Lists) await read(host, Admin, new PageRequest());

        await using var check = await PlanCheck.AsTheProductAsync(url, Cancellation);
        Assert.NotEmpty(statements.All);
        var faults = new List<string>();
        foreach (var statement in statements.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private protected override Task<string> OpenAsync() => server.NewDatabaseAsync();
}
