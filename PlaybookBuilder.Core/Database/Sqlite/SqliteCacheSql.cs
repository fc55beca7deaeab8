namespace PlaybookBuilder.Core.Database.Sqlite;

internal static class SqliteCacheSql
{
    public const string Measure = CacheSql.Begin + "max(resolution.created) / 3600000" + CacheSql.End;
}
