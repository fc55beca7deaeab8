using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>One open connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Action<string> _starting;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    /// <param name="starting">Told of every statement before it runs.</param>
    public SqliteSession(string connectionString, string pragmas, Action<string> starting)
    {
        _starting = starting;
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        // Plans don't follow the values bound to them; else SQLite would prepare most statements again for every value.
        raw.sqlite3_db_config(_connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        using var command = _connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }

    /// <summary>The connection, for whoever brings statements of its own.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>Runs a statement and tells how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>Whether commits from now on wait for the disk. Without that a power failure, but no crash of the program, may take back the last of them.</summary>
    public void SetDurable(bool isDurable)
    {
        // A pragma takes effect when it is compiled, so it can't be a prepared statement.
        using var command = _connection.CreateCommand();
        command.CommandText = isDurable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query and reads every row.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, parameters).ExecuteReader();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _starting(sql);
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _connection.CreateCommand();
            statement.CommandText = sql;
            foreach (var (name, _) in parameters) statement.Parameters.Add(new SqliteParameter { ParameterName = name });
            statement.Prepare();
            _statements[sql] = statement;
        }

        for (var i = 0; i < parameters.Length; i++) statement.Parameters[i].Value = SqliteValues.ToStored(parameters[i].Value);
        return statement;
    }
}
