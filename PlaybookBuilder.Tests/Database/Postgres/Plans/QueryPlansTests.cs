using System.Reflection;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>No statement that the run of all tests sent to Postgres reads a large table whole.</summary>
[Collection(nameof(LastCollection))]
public sealed class QueryPlansTests(PostgresServer server) : IAsyncLifetime
{
    // One for all tests here: it takes a while, and none leaves anything in it.
    private static Task<string>? _filled;
    private string _url = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Unseen
    {
        get
        {
            var sent = SentStatements.OfThisRun.All.Select(statement => statement.Sql).ToHashSet(StringComparer.Ordinal);
            return [.. ProductSql.All.Where(constant => !sent.Contains(constant.Sql)).Select(constant => $"{constant.Name}: {constant.Sql}")];
        }
    }

    public async ValueTask InitializeAsync()
    {
        // Where only some tests were asked for, those that use Postgres within this process run here.
        if (Unseen.Count > 0) await RunSuitesAsync();
        _url = await (_filled ??= FilledDatabase.CreateAsync(server, Cancellation));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Statements_OnAFilledDatabase_ReadNoLargeTableWhole()
    {
        await using var product = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        await using var defaults = await PlanCheck.ByDefaultAsync(_url, Cancellation);

        Assert.Superset(new HashSet<string> { "data", "job", "process", "process_input", "resolution", "step", "upload" }, product.Large.ToHashSet());
        string[] faults =
        [
            .. Unseen.Select(static constant => $"No test sends {constant}"),
            .. (await FindFaultsAsync(product)).Select(static fault => $"With the product's settings {fault}"),
            .. (await FindFaultsAsync(defaults)).Select(static fault => $"With Postgres's settings {fault}"),
        ];
        // All of it: a list would be cut short.
        Assert.True(faults.Length == 0, string.Join("\n\n", faults));
    }

    [Theory]
    [InlineData("ix_process_input_input_id", "process_input is read whole by")]
    [InlineData("ix_job_state_is_batch_turn", "job is read whole by")]
    public async Task Check_WithoutAnIndexThatIsNeeded_FindsFault(string index, string fault)
    {
        await using var product = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        await using var defaults = await PlanCheck.ByDefaultAsync(_url, Cancellation);

        foreach (var check in new[] { product, defaults })
        {
            await check.RunAsync($"BEGIN; DROP INDEX {index}", Cancellation);
            Assert.Contains(await FindFaultsAsync(check), found => found.StartsWith(fault, StringComparison.Ordinal));
            await check.RunAsync("ROLLBACK", Cancellation);
        }
    }

    private static async Task<IReadOnlyList<string>> FindFaultsAsync(PlanCheck check)
    {
        var faults = new List<string>();
        foreach (var statement in SentStatements.OfThisRun.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        return faults;
    }

    private async Task RunSuitesAsync()
    {
        foreach (var suite in typeof(QueryPlansTests).Assembly.GetTypes().Where(IsSuite))
        {
            foreach (var fact in suite.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is { Explicit: false } && method.GetParameters().Length == 0)) await RunAsync(suite, fact);
        }
    }

    // What is heard is what this process sends.
    private static bool IsSuite(Type type) => type != typeof(QueryPlansTests) && type.Namespace != typeof(Deployment.Deployment).Namespace && type.GetConstructor([typeof(PostgresServer)]) is not null;

    private async Task RunAsync(Type suite, MethodInfo fact)
    {
        var test = Activator.CreateInstance(suite, server)!;
        if (test is IAsyncLifetime lifetime) await lifetime.InitializeAsync();
        if (fact.Invoke(test, null) is Task task) await task;
        if (test is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}
