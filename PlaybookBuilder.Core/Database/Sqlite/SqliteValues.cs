using System.Text;
using Microsoft.Data.Sqlite;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>How values stand in SQLite: ids as upper-case text, times as Unix milliseconds, lists of ids as JSON for <c>json_each</c>.</summary>
internal static class SqliteValues
{
    public static string ToJson(IEnumerable<Guid> ids)
    {
        var json = new StringBuilder("[");
        foreach (var id in ids) json.Append(json.Length > 1 ? ",\"" : "\"").Append(id.ToString().ToUpperInvariant()).Append('"');
        return json.Append(']').ToString();
    }

    public static long ToMilliseconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset GetTime(this SqliteDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? GetTimeOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetTime(column);

    public static Guid? GetGuidOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static int? GetIntOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

}
