using Npgsql;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>A database in a Postgres with default settings, and the published program's replicas and workers on it.</summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    private readonly PostgresServerProcess _server;
    private readonly bool _isOwner;
    private readonly string _name;
    private readonly Workbench _bench;
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServedProgram> _programs = [];
    private readonly Dictionary<string, string> _settings;

    private SharedDatabase(PostgresServerProcess server, bool isOwner, string name, Workbench bench)
    {
        (_server, _isOwner, _name, _bench) = (server, isOwner, name, bench);
        _settings = new() { ["DATABASE_URL"] = Url, ["APP_SECRET"] = "a-secret-of-the-benchmarks-that-is-long-enough", ["AUTH_LOCAL_USER"] = "true" };
    }

    /// <summary>As Npgsql reads it, for yardsticks.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_server.Port};Username=postgres;Database=postgres;Maximum Pool Size=16;Max Auto Prepare=20";

    /// <summary>As the program reads it.</summary>
    public string Url => _server.UrlOf(_name);

    /// <summary>As Npgsql reads it, for what the programs keep.</summary>
    public string PlaybooksConnectionString => ConnectionString.Replace("Database=postgres", $"Database={_name}", StringComparison.Ordinal);

    /// <summary>The folder in which the programs keep files.</summary>
    public string Files => Path.Combine(_folder.Path, "data", "ufs");

    /// <returns>Null where Postgres is not installed.</returns>
    public static async Task<SharedDatabase?> StartAsync(Workbench bench)
    {
        if (PostgresServerProcess.FindBinaries() is not { } binaries) return null;

        return await CreateAsync(await PostgresServerProcess.StartAsync(binaries), isOwner: true, "playbooks", bench);
    }

    /// <summary>Another database in the same server, which goes with this one.</summary>
    public Task<SharedDatabase> AddDatabaseAsync(string name) => CreateAsync(_server, isOwner: false, name, _bench);

    /// <param name="mode">As of <c>pg_ctl</c>.</param>
    public Task StopServerAsync(string mode) => _server.StopAsync(mode);

    public Task StartServerAsync() => _server.StartAsync();

    public Task<ServedProgram> AddReplicaAsync(params (string Name, string Value)[] settings) => AddAsync([], [("N_WORKERS", "0"), .. settings]);

    public Task<ServedProgram> AddWorkerAsync(int slots) => AddAsync(["worker"], ("N_WORKERS", $"{slots}"));

    public NpgsqlDataSource Connect() => NpgsqlDataSource.Create(PlaybooksConnectionString);

    /// <summary>Kills whatever runs on it.</summary>
    public async Task EndProgramsAsync()
    {
        foreach (var program in _programs) await program.DisposeAsync();
        _programs.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await EndProgramsAsync();
        if (_isOwner) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<SharedDatabase> CreateAsync(PostgresServerProcess server, bool isOwner, string name, Workbench bench)
    {
        var database = new SharedDatabase(server, isOwner, name, bench);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var create = source.CreateCommand($"CREATE DATABASE {name}")) await create.ExecuteNonQueryAsync();
        await bench.RunAsync(["migrate"], database._folder, database._settings);
        return database;
    }

    private async Task<ServedProgram> AddAsync(string[] command, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(_settings);
        foreach (var (name, value) in settings) all[name] = value;
        var program = await _bench.StartAsync(_folder, all, command);
        lock (_programs) _programs.Add(program);
        return program;
    }
}
