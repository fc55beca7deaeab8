using System.Collections.Concurrent;
using System.Diagnostics;
using PlaybookBuilder.Tests.Database.Postgres.Plans;

namespace PlaybookBuilder.Tests.Saving;

/// <summary>The statements about some tables that this process sends to Postgres while this lives, heard through Npgsql's traces.</summary>
internal sealed class HeardStatements : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _heard = new(StringComparer.Ordinal);
    private readonly ActivityListener _listener;

    public HeardStatements(params string[] tables)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Hear(activity, tables),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<ProductStatement> All => [.. _heard.Keys.Order(StringComparer.Ordinal).Select(text => new ProductStatement("heard", text))];

    public void Dispose() => _listener.Dispose();

    private void Hear(Activity activity, string[] tables)
    {
        foreach (var text in new[] { "db.query.text", "db.statement" }.Select(activity.GetTagItem).OfType<string>().SelectMany(ProductStatement.Split))
        {
            if (tables.Any(table => text.Contains(table, StringComparison.Ordinal))) _heard.TryAdd(text, true);
        }
    }
}
