using System.Text;
using Microsoft.Data.Sqlite;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>How values stand in SQLite: ids as their 16 bytes, times as Unix milliseconds; lists of ids are passed as JSON of hexadecimal text.</summary>
internal static class SqliteValues
{
    /// <summary>The ids of a parameter made by <see cref="ToJson"/>, as a set for <c>IN</c>.</summary>
    public const string Ids = "(SELECT unhex(value) FROM json_each(@ids))";

    public static string ToJson(IEnumerable<Guid> ids)
    {
        var json = new StringBuilder("[");
        foreach (var id in ids) json.Append(json.Length > 1 ? ",\"" : "\"").Append(id.ToString("N")).Append('"');
        return json.Append(']').ToString();
    }

    public static object ToStored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        _ => value,
    };

    public static Guid GetId(this SqliteDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    public static long ToMilliseconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset GetTime(this SqliteDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? GetTimeOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetTime(column);

    public static Guid? GetIdOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetId(column);

    public static int? GetIntOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);
}
