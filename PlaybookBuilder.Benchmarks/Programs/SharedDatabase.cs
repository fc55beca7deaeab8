using Npgsql;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>A Postgres with default settings, and the published program's replicas and workers on it.</summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    private const string DatabaseName = "playbooks";

    private readonly PostgresServerProcess _server;
    private readonly Workbench _bench;
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServedProgram> _programs = [];
    private readonly Dictionary<string, string> _settings;

    private SharedDatabase(PostgresServerProcess server, Workbench bench)
    {
        (_server, _bench) = (server, bench);
        _settings = new() { ["DATABASE_URL"] = Url, ["APP_SECRET"] = "a-secret-of-the-benchmarks-that-is-long-enough", ["AUTH_LOCAL_USER"] = "true" };
    }

    /// <summary>As Npgsql reads it, for yardsticks.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_server.Port};Username=postgres;Database=postgres;Maximum Pool Size=16;Max Auto Prepare=20";

    private string Url => _server.UrlOf(DatabaseName);

    /// <returns>Null where Postgres is not installed.</returns>
    public static async Task<SharedDatabase?> StartAsync(Workbench bench)
    {
        if (PostgresServerProcess.FindBinaries() is not { } binaries) return null;

        var database = new SharedDatabase(await PostgresServerProcess.StartAsync(binaries), bench);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var create = source.CreateCommand($"CREATE DATABASE {DatabaseName}")) await create.ExecuteNonQueryAsync();
        await bench.RunAsync(["migrate"], database._folder, database._settings);
        return database;
    }

    public Task<ServedProgram> AddReplicaAsync() => AddAsync([], ("N_WORKERS", "0"));

    public Task<ServedProgram> AddWorkerAsync(int slots) => AddAsync(["worker"], ("N_WORKERS", $"{slots}"));

    public NpgsqlDataSource Connect() => NpgsqlDataSource.Create(ConnectionString.Replace("Database=postgres", $"Database={DatabaseName}", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs) await program.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ServedProgram> AddAsync(string[] command, (string Name, string Value) setting)
    {
        var program = await _bench.StartAsync(_folder, new Dictionary<string, string>(_settings) { [setting.Name] = setting.Value }, command);
        _programs.Add(program);
        return program;
    }
}
