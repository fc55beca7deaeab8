using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Statements that are sent together and, unless they are run within a transaction, are one: all of them or nothing.</summary>
/// <remarks>May be run again after a failure; what was read before is forgotten then.</remarks>
internal sealed class PostgresBatch
{
    private readonly List<Statement> _statements = [];

    public bool IsEmpty => _statements.Count == 0;

    /// <summary>Adds a statement that gives no rows.</summary>
    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => _statements.Add(new Statement(sql, [.. parameters], null, null));

    /// <summary>Adds a query that is run for the locks that it takes.</summary>
    public void Lock(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => _statements.Add(new Statement(sql, [.. parameters], static _ => { }, static () => { }));

    /// <summary>Adds a query.</summary>
    /// <returns>Its rows, once the batch has run.</returns>
    public IReadOnlyList<T> Query<T>(string sql, Func<NpgsqlDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = new List<T>();
        _statements.Add(new Statement(sql, [.. parameters], reader => rows.Add(read(reader)), rows.Clear));
        return rows;
    }

    public async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var statement in _statements) batch.BatchCommands.Add(statement.ToCommand());
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                foreach (var statement in _statements.Where(statement => statement.Read is not null)) await ReadAsync(statement, reader, cancellationToken).ConfigureAwait(false);
                // What fails after the last rows fails here.
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
    }

    private async Task ReadAsync(Statement statement, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        // A reader stands at the first statement that gives rows, and passes over those that give none.
        if (statement != _statements.First(other => other.Read is not null)) await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        statement.Forget!();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) statement.Read!(reader);
    }

    private sealed record Statement(string Sql, (string Name, object? Value)[] Parameters, Action<NpgsqlDataReader>? Read, Action? Forget)
    {
        public NpgsqlBatchCommand ToCommand()
        {
            var command = new NpgsqlBatchCommand(Sql);
            foreach (var (name, value) in Parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            return command;
        }
    }
}
