using System.Text.Json;
using Npgsql;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>Keeps what is posted as one row in Postgres, with a pool and prepared statements.</summary>
internal static class PostgresYardstick
{
    public const string Setting = "ROWS_DATABASE";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var source = NpgsqlDataSource.Create(builder.Configuration[Setting]!);
        var app = builder.Build();
        using (var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS rows (id uuid PRIMARY KEY, body text NOT NULL)")) create.ExecuteNonQuery();
        app.MapPost(RowsYardstick.Path, async (JsonElement body) =>
        {
            var id = Guid.NewGuid();
            await using var command = source.CreateCommand("INSERT INTO rows (id, body) VALUES ($1, $2)");
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = body.GetRawText() });
            await command.ExecuteNonQueryAsync();
            return id;
        });
        app.MapGet(RowsYardstick.Path + "/{id:guid}", async (Guid id) =>
        {
            await using var command = source.CreateCommand("SELECT body FROM rows WHERE id = $1");
            command.Parameters.Add(new() { Value = id });
            return await command.ExecuteScalarAsync() is string body ? Results.Text(body, "application/json") : Results.NotFound();
        });
        return app;
    }
}
