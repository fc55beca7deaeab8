using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>A real Postgres, started from the installed binaries by the first test that wants it, with a database of its own for each.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Missing = "PostgreSQL is not installed; ./test installs it where it can.";
    private const string Template = "migrated";
    private const string Filled = "filled";

    private readonly SemaphoreSlim _starting = new(1);
    private readonly SemaphoreSlim _filling = new(1);
    private bool _isFilled;
    private PostgresServerProcess? _process;
    private int _databases;

    /// <summary>Gives the URL of a new, migrated database. Skips the test where Postgres is missing.</summary>
    public async Task<string> NewDatabaseAsync(bool isMigrated = true)
    {
        var process = await StartedAsync();
        return await CopyAsync(process, isMigrated ? Template : "template0");
    }

    /// <summary>Gives the URL of a new database as it looks after long use.</summary>
    public async Task<string> NewFilledDatabaseAsync(CancellationToken cancellationToken)
    {
        var process = await StartedAsync();
        await _filling.WaitAsync(cancellationToken);
        try
        {
            if (!_isFilled) await FillAsync(process, cancellationToken);
            _isFilled = true;
        }
        finally
        {
            _filling.Release();
        }

        return await CopyAsync(process, Filled);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _starting.Dispose();
        _filling.Dispose();
    }

    private async Task<string> CopyAsync(PostgresServerProcess process, string template)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(process.UrlOf("postgres"), $"CREATE DATABASE {name} TEMPLATE {template}");
        return process.UrlOf(name);
    }

    private static async Task FillAsync(PostgresServerProcess process, CancellationToken cancellationToken)
    {
        await ExecuteAsync(process.UrlOf("postgres"), $"CREATE DATABASE {Filled} TEMPLATE {Template}");
        // A connection that is left open would keep others from copying it.
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(process.UrlOf(Filled)));
        await connection.OpenAsync(cancellationToken);
        await FilledDatabase.FillAsync(connection, rowsOfEach: null, cancellationToken);
    }

    private async Task<PostgresServerProcess> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_process is not null) return _process;

            var binaries = PostgresServerProcess.FindBinaries();
            Assert.SkipWhen(binaries is null, Missing);
            var process = await PostgresServerProcess.StartAsync(binaries, "fsync = off", "max_connections = 300");
            await ExecuteAsync(process.UrlOf("postgres"), $"CREATE DATABASE {Template}");
            await MigrateAsync(process.UrlOf(Template));
            return _process = process;
        }
        finally
        {
            _starting.Release();
        }
    }

    public static Task MigrateAsync(string url) => new PostgresSchema(Options.Create(new DatabaseOptions { Url = url })).MigrateAsync(CancellationToken.None);

    private static async Task ExecuteAsync(string url, string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
