using Npgsql;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>A database as it looks after long use: every table is large but those that never are. Tables that are added to the schema are filled without being named here.</summary>
internal static class FilledDatabase
{
    /// <summary>From here on reading a whole table is a fault.</summary>
    public const int Large = 10_000;

    private const int Rows = 200_000;
    private static readonly string[] Small = ["schema_migrations", "data_protection_key"];

    private static readonly Dictionary<string, int> OtherRows = new()
    {
        ["job"] = 30_000,
        ["upload"] = 30_000,
        ["playbook_metadata"] = 50_000,
        // Nothing of the product that stands as a constant reads these: they are large enough to be judged.
        ["user_account"] = 20_000,
        ["sign_in"] = 20_000,
        ["user_session"] = 20_000,
        ["email_link"] = 20_000,
        ["api_token"] = 20_000,
        ["upload_grant"] = 20_000,
        ["deleted_upload"] = 20_000,
        ["saved_playbook"] = 20_000,
        ["saved_playbook_version"] = 20_000,
        ["saved_playbook_result"] = 20_000,
        ["saved_playbook_term"] = 20_000,
        ["saved_playbook_click"] = 20_000,
        ["suggestion"] = 20_000,
        ["work_notice"] = 20_000,
        ["audit_entry"] = 20_000,
        ["program"] = 20_000,
        ["logged_error"] = 20_000,
        ["shared_turn"] = 20_000,
        ["resumable_upload"] = 20_000,
        ["content_check"] = 20_000,
        ["cavatica_account"] = 20_000,
        ["proxy_session"] = 20_000,
        ["session_ticket"] = 20_000,
    };

    // What a column holds where its type does not tell enough for a plan; i is the number of the row.
    private static readonly Dictionary<string, string> Contents = new()
    {
        ["data.type"] = "CASE WHEN i % 50 = 0 THEN 'Error' ELSE 'type ' || i % 40 END",
        ["process.type"] = "'type ' || i % 40",
        ["process.timestamp"] = "CASE WHEN i % 100 = 0 THEN now() END",
        ["process_input.input_id"] = "md5('process' || greatest(i - 1, 1))::uuid",
        ["step.parent_id"] = "CASE WHEN i % 5 > 0 THEN md5('step' || i - 1)::uuid END",
        ["job.state"] = "CASE WHEN i <= 20 THEN 2 ELSE i % 2 END",
        ["job.worker"] = "CASE WHEN i <= 20 THEN i % 4 END",
        ["job.started"] = "CASE WHEN i <= 20 THEN now() END",
        ["job.turn"] = "i",
        ["job.owner"] = "'owner ' || i % 100",
        ["job.deaths"] = "CASE WHEN i % 10000 = 0 THEN 1 ELSE 0 END",
        ["job.not_before"] = "CASE WHEN i % 5000 = 0 THEN now() + interval '1 minute' END",
        ["upload.user_id"] = "md5('user' || i % 100)::uuid",
    };

    private const string SelectColumns = """
        SELECT table_row.relname, attribute.attname, attribute.atttypid::regtype::text, target.relname,
          EXISTS (SELECT 1 FROM pg_index WHERE indrelid = table_row.oid AND indisunique AND attribute.attnum = ANY(indkey))
        FROM pg_attribute AS attribute
        JOIN pg_class AS table_row ON table_row.oid = attribute.attrelid AND table_row.relkind = 'r' AND table_row.relnamespace = 'public'::regnamespace
        LEFT JOIN pg_constraint AS reference ON reference.conrelid = table_row.oid AND reference.contype = 'f' AND reference.conkey = ARRAY[attribute.attnum]
        LEFT JOIN pg_class AS target ON target.oid = reference.confrelid
        WHERE attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = '' AND attribute.attidentity = ''
        """;

    /// <summary>Fills every table that may grow.</summary>
    /// <param name="rowsOfEach">How many rows each of them gets; as many as the plans of queries need, unless given.</param>
    public static async Task FillAsync(NpgsqlConnection connection, int? rowsOfEach, CancellationToken cancellationToken)
    {
        // Without looking at foreign keys row by row.
        await RunAsync(connection, "SET session_replication_role = replica; SET synchronous_commit = off", cancellationToken);
        var columns = await ReadColumnsAsync(connection, cancellationToken);
        foreach (var table in columns.Where(column => !Small.Contains(column.Table)).GroupBy(column => column.Table)) await RunAsync(connection, Insertion(table.Key, [.. table], name => rowsOfEach ?? RowsOf(name)), cancellationToken);
        await RunAsync(connection, "VACUUM ANALYZE", cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Column>> ReadColumnsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectColumns, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<Column>();
        while (await reader.ReadAsync(cancellationToken)) columns.Add(new Column(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4)));
        return columns;
    }

    private static string Insertion(string table, Column[] columns, Func<string, int> rowsOf) => $"""
        INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))})
        SELECT {string.Join(", ", columns.Select(column => Content(column, rowsOf)))} FROM generate_series(1, {rowsOf(table)}) AS row (i)
        """;

    private static string Content(Column column, Func<string, int> rowsOf)
    {
        if (Contents.TryGetValue($"{column.Table}.{column.Name}", out var content)) return content;

        if (column.Target is { } target) return $"md5('{target}' || 1 + (i - 1) % {rowsOf(target)})::{column.Type}";

        return column.Type switch
        {
            "uuid" => $"md5('{column.Table}' || i)::uuid",
            "text" or "character varying" => $"md5('{column.Table}' || i)",
            "integer" or "bigint" or "smallint" or "double precision" => column.IsUnique ? "i" : "i % 1000",
            "boolean" => "i % 2 = 0",
            "timestamp with time zone" => "now() - i * interval '1 second'",
            "bytea" => "decode(md5(i::text), 'hex')",
            "json" or "jsonb" => "'{}'",
            _ when column.Type.EndsWith("[]", StringComparison.Ordinal) => "'{}'",
            _ => throw new InvalidOperationException($"What stands in {column.Table}.{column.Name}, a {column.Type}, has to be told here."),
        };
    }

    private static int RowsOf(string table) => OtherRows.GetValueOrDefault(table, Rows);

    private sealed record Column(string Table, string Name, string Type, string? Target, bool IsUnique);
}
