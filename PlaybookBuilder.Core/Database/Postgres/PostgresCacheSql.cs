namespace PlaybookBuilder.Core.Database.Postgres;

internal static class PostgresCacheSql
{
    public const string Measure = CacheSql.Begin + "CAST(floor(extract(epoch FROM max(resolution.created)) / 3600) AS bigint)" + CacheSql.End;
}
