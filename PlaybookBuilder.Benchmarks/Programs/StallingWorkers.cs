using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>Workers of many sessions in this process, which serve a large file as fast as it is taken.</summary>
internal sealed class StallingWorkers : IAsyncDisposable
{
    private const string Insert = """
        INSERT INTO proxy_session (id, user_id, launcher, project, state, created, secret_hash, epoch)
        VALUES ($1, $2, 'local', '', 3, now(), $3, 0)
        """;

    private const int Block = 64 * 1024;

    private static readonly Guid LocalUser = new("00000000-0000-8000-8000-000000000001");

    private readonly List<WebApplication> _workers = [];

    public List<Guid> Sessions { get; } = [];

    /// <summary>Adds a session to the records, and a worker that dials for it.</summary>
    /// <param name="length">The length of its file, in bytes.</param>
    public async Task AddAsync(NpgsqlDataSource database, Uri publicSide, long length)
    {
        var (id, secret) = (Guid.NewGuid(), SecretKeys.New());
        await using (var insert = database.CreateCommand(Insert))
        {
            insert.Parameters.AddWithValue(id);
            insert.Parameters.AddWithValue(LocalUser);
            insert.Parameters.AddWithValue(SecretKeys.Hash(secret));
            await insert.ExecuteNonQueryAsync();
        }

        var dialer = new TunnelDialer(new UriBuilder(new Uri(publicSide, $"/api/v1/sessions/{id}/tunnel")) { Scheme = "ws" }.Uri, secret, TimeProvider.System, NullLogger.Instance);
        var (socket, _) = await dialer.DialAsync(CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtTunnel(dialer, socket, static _ => { });
        var worker = builder.Build();
        worker.MapGet("/healthz", static () => "");
        worker.MapGet("/large", context => WriteAsync(context, length));
        await worker.StartAsync();
        _workers.Add(worker);
        Sessions.Add(id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
    }

    private static async Task WriteAsync(HttpContext context, long length)
    {
        context.Response.Headers.ContentLength = length;
        var block = new byte[Block];
        for (var left = length; left > 0; left -= Block) await context.Response.Body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, Block)), context.RequestAborted);
    }
}
