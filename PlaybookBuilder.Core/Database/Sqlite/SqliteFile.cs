namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>The file of the embedded database, held by one process at a time.</summary>
internal sealed class SqliteFile : IDisposable
{
    // Pages are copied from the log into the database once it has 100 MB: ids are hashes, so the same pages are written again and
    // again, and copying them after every 4 MB, as SQLite does by itself, took a quarter of the writer's time.
    private const string LogPragma = "PRAGMA wal_autocheckpoint=25000;";

    // A playbook reaches the disk before it is answered, so that not even a power failure takes back what was said to be kept.
    private const string DurablePragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY;";
    private const string MemoryPragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY;";

    private readonly FileStream? _lock;
    private readonly string? _temporaryFolder;

    private SqliteFile(string path, FileStream? @lock, string? temporaryFolder)
    {
        Path = path;
        _lock = @lock;
        _temporaryFolder = temporaryFolder;
        SessionPragmas = (temporaryFolder is null ? DurablePragmas : MemoryPragmas) + LogPragma;
    }

    public string Path { get; }

    /// <summary>Whether what is kept here outlives the process.</summary>
    public bool IsKept => _temporaryFolder is null;

    public string SessionPragmas { get; }

    /// <exception cref="DatabaseUnavailableException">Another process has the file, or it can't be made.</exception>
    public static SqliteFile Open(DatabaseOptions options)
    {
        if (options.IsMemory)
        {
            var folder = Directory.CreateTempSubdirectory("playbook-").FullName;
            return new SqliteFile(System.IO.Path.Combine(folder, "playbook.db"), null, folder);
        }

        var path = options.FilePath;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return new SqliteFile(path, new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), null);
        }
        catch (IOException exception)
        {
            throw new DatabaseUnavailableException($"The database {path} is in use by another process or can't be opened ({exception.Message}). Stop the other one, start in another directory, or set {DatabaseOptions.Variable}.");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DatabaseUnavailableException($"The database {path} can't be opened: {exception.Message} Start in a directory that you may write to, or set {DatabaseOptions.Variable}.");
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        if (_temporaryFolder is not null) Directory.Delete(_temporaryFolder, recursive: true);
    }
}
