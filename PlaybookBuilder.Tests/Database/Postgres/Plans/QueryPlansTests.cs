using System.Reflection;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>No statement of the product reads a large table whole, and each was sent by the run of all tests.</summary>
[Collection(nameof(LastCollection))]
public sealed class QueryPlansTests(PostgresServer server) : IAsyncLifetime
{
    // What is counted has to be read, at most once in five minutes.
    private static readonly string[] Counted = ["PostgresUploadStore.Measure", "PostgresCacheSql.Measure"];

    // Postgres takes the table of jobs for full, since it was when it was analysed, and hopes to meet a job that may be taken soon. It is
    // empty most of the time but for deleted rows; that is why the product has its own settings (PostgresUrl).
    private static readonly string[] OfTheQueue = ["PostgresJobSql.ClaimUnsuspected", "PostgresJobSql.SelectOutlook", "PostgresJobSql.Measure"];

    // One for all tests here: it takes a while, and none leaves anything in it.
    private static Task<string>? _filled;
    private string _url = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<ProductStatement> Unseen => [.. ProductSql.All.Where(static statement => !SentStatements.Contains(statement))];

    public async ValueTask InitializeAsync()
    {
        // Where only some tests were asked for, those that use Postgres within this process run here.
        if (Unseen.Count > 0) await RunSuitesAsync();
        _url = await (_filled ??= server.NewFilledDatabaseAsync(Cancellation));
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
            .. Unseen.Select(static statement => $"No test sends {statement.Name}: {statement.Text}"),
            .. (await FindFaultsAsync(product, Counted)).Select(static fault => $"With the product's settings {fault}"),
            .. (await FindFaultsAsync(defaults, [.. Counted, .. OfTheQueue])).Select(static fault => $"With Postgres's settings {fault}"),
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

        foreach (var (check, except) in new[] { (product, Counted), (defaults, (string[])[.. Counted, .. OfTheQueue]) })
        {
            await check.RunAsync($"BEGIN; DROP INDEX {index}", Cancellation);
            Assert.Contains(await FindFaultsAsync(check, except), found => found.Contains(fault, StringComparison.Ordinal));
            await check.RunAsync("ROLLBACK", Cancellation);
        }
    }

    private static async Task<IReadOnlyList<string>> FindFaultsAsync(PlanCheck check, params string[] except)
    {
        // A name that is no statement's any more would excuse the next that gets it.
        Assert.Superset(except.ToHashSet(), ProductSql.All.Select(static statement => statement.Name).ToHashSet());
        var faults = new List<string>();
        foreach (var statement in ProductSql.All.Where(statement => statement.IsPlanned && !except.Contains(statement.Name))) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
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
