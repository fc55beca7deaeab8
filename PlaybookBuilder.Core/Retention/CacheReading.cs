using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Database.Sqlite;

namespace PlaybookBuilder.Core.Retention;

/// <summary>Reads what results and the files that steps made take. All of them have to be read for it.</summary>
internal sealed class CacheReading(IModelDatabase database, TimeProvider time)
{
    public Task<CacheUse> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async (context, token) =>
        {
            var rows = await context.Database.SqlQueryRaw<Row>(context.Database.IsNpgsql() ? PostgresCacheSql.Measure : SqliteCacheSql.Measure).ToListAsync(token).ConfigureAwait(false);
            var hours = rows.Where(static row => row.IsHeld == 0).GroupBy(static row => row.Hour).Select(static of => new HourOfCache(DateTimeOffset.UnixEpoch + (of.Key * CacheUse.Hour), Sum(of)));
            return new CacheUse(Sum(rows.Where(static row => row.IsHeld != 0)), [.. hours.OrderBy(static hour => hour.From)], time.GetUtcNow());
        },
        cancellationToken);

    private static KeptResults Sum(IEnumerable<Row> rows) =>
        rows.Aggregate(KeptResults.None, static (sum, row) => sum + (row.IsFile == 0 ? new KeptResults(row.Count, row.Bytes, 0, 0) : new KeptResults(0, 0, row.Count, row.Bytes)));

    /// <param name="Hour">Since 1970.</param>
    private sealed record Row(int IsFile, int IsHeld, long Hour, long Count, long Bytes);
}
