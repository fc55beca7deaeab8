using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>Keeps what is posted the way a first attempt would: SQLite with a write-ahead log, a connection and a transaction a request.</summary>
internal static class RowsYardstick
{
    public const string Path = "/rows";

    private const string ConnectionString = "Data Source=rows.db";

    public static string ChainPath(int length) => $"{Path}/chain/{length}";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        Execute("PRAGMA journal_mode=WAL");
        Execute("CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
        app.MapPost(Path, (JsonElement body) => Insert(body.GetRawText()));
        app.MapPost(Path + "/chain/{length:int}", InsertChain);
        app.MapGet(Path + "/{id:guid}", (Guid id) => Find(id) is { } body ? Results.Text(body, "application/json") : Results.NotFound());
        return app;
    }

    private static Guid InsertChain(int length, JsonElement body)
    {
        var text = body.GetRawText();
        var last = Guid.Empty;
        for (var step = 0; step < length; step++) last = Insert(text);
        return last;
    }

    private static Guid Insert(string body)
    {
        var id = Guid.NewGuid();
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO rows (id, body) VALUES ($id, $body)";
        command.Parameters.AddWithValue("$id", id.ToString());
        command.Parameters.AddWithValue("$body", body);
        command.ExecuteNonQuery();
        return id;
    }

    private static string? Find(Guid id)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM rows WHERE id = $id";
        command.Parameters.AddWithValue("$id", id.ToString());
        return (string?)command.ExecuteScalar();
    }

    private static void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }
}
