using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>A database of its own in a real Postgres, with its stores.</summary>
internal sealed class PostgresStores : IAsyncDisposable
{
    private PostgresStores(string url)
    {
        Url = url;
        Database = new PostgresDatabase(Options.Create(new DatabaseOptions { Url = url }), TimeProvider.System);
        Store = new PostgresPlaybookStore(Database);
        Queue = new PostgresJobQueue(Database);
        Uploads = new PostgresUploadStore(Database);
        Model = new PostgresModelDatabase(Database);
    }

    public string Url { get; }

    public PostgresDatabase Database { get; }

    public IPlaybookStore Store { get; }

    public IJobQueue Queue { get; }

    public IUploadStore Uploads { get; }

    public IModelDatabase Model { get; }

    public static async Task<PostgresStores> OpenAsync(Support.PostgresServer server) => new(await server.NewDatabaseAsync());

    /// <summary>The same database with connections of its own, as another program has it.</summary>
    public static PostgresStores Of(string url) => new(url);

    /// <summary>Moves all that was written into the past: for whoever reads the database's clock, that is as if time had passed.</summary>
    public void Age(TimeSpan time)
    {
        using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(Url));
        connection.Open();
        using var command = new NpgsqlCommand(
            "UPDATE job SET created = created - @time, started = started - @time, not_before = not_before - @time; UPDATE resolution SET created = created - @time",
            connection);
        command.Parameters.AddWithValue("time", time);
        command.ExecuteNonQuery();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
