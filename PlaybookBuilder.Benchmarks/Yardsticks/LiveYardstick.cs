using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Npgsql;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>Keeps a number as a row and notifies of it in the same transaction; a page at another such server hears of it over a web socket and shows it.</summary>
internal static class LiveYardstick
{
    public const string PagePath = "/";

    private const string SocketPath = "/changes";
    private const string Channel = "rows";

    private const string Page = $$"""
        <!DOCTYPE html><html lang="en"><head><title>Live</title></head><body><script>
          const socket = new WebSocket(`ws://${location.host}{{SocketPath}}`);
          socket.onopen = () => document.documentElement.dataset.open = "";
          socket.onmessage = message => { const p = document.createElement("p"); p.id = `n${message.data}`; p.textContent = message.data; document.body.append(p); };
        </script></body></html>
        """;

    public static string NumberPath(int number) => $"{SocketPath}/{number}";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var connection = builder.Configuration[PostgresYardstick.Setting]!;
        var source = NpgsqlDataSource.Create(connection);
        var sockets = new ConcurrentBag<WebSocket>();
        var app = builder.Build();
        using (var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS numbers (number int)")) create.ExecuteNonQuery();
        app.UseWebSockets();
        app.MapGet(PagePath, () => Results.Content(Page, "text/html"));
        app.Map(SocketPath, async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            sockets.Add(socket);
            await socket.ReceiveAsync(new byte[1], context.RequestAborted);
        });
        app.MapPost(SocketPath + "/{number:int}", async (int number) =>
        {
            await using var command = source.CreateCommand($"WITH added AS (INSERT INTO numbers VALUES ($1) RETURNING number) SELECT pg_notify('{Channel}', number::text) FROM added");
            command.Parameters.Add(new() { Value = number });
            await command.ExecuteNonQueryAsync();
        });
        _ = ListenAsync(connection, sockets, app.Lifetime.ApplicationStopping);
        return app;
    }

    private static async Task ListenAsync(string connectionString, ConcurrentBag<WebSocket> sockets, CancellationToken stopping)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stopping);
        connection.Notification += (_, notification) =>
        {
            foreach (var socket in sockets) _ = socket.SendAsync(Encoding.UTF8.GetBytes(notification.Payload), WebSocketMessageType.Text, endOfMessage: true, stopping);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection)) await listen.ExecuteNonQueryAsync(stopping);
        while (true) await connection.WaitAsync(stopping);
    }
}
