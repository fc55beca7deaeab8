using System.Collections.Concurrent;
using System.Diagnostics;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Database.Postgres.Plans;

namespace PlaybookBuilder.Tests.Saving;

/// <summary>The statements about some tables of a database that this process sends to Postgres while this lives, heard through Npgsql's traces.</summary>
internal sealed class HeardStatements : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _heard = new(StringComparer.Ordinal);
    private readonly ActivityListener _listener;

    /// <param name="url">The database that they are sent to: other tests send to theirs at the same time.</param>
    public HeardStatements(string url, params string[] tables)
    {
        var database = PostgresUrl.Parse(url).Database!;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Hear(activity, database, tables),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<ProductStatement> All => [.. _heard.Keys.Order(StringComparer.Ordinal).Select(text => new ProductStatement("heard", text))];

    public void Dispose() => _listener.Dispose();

    private void Hear(Activity activity, string database, string[] tables)
    {
        if ((string?)(activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name")) != database) return;

        foreach (var text in new[] { "db.query.text", "db.statement" }.Select(activity.GetTagItem).OfType<string>().SelectMany(ProductStatement.Split))
        {
            if (tables.Any(table => text.Contains(table, StringComparison.Ordinal))) _heard.TryAdd(text, true);
        }
    }
}
