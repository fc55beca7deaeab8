using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>The schema of the embedded database: makes it, brings older files to it after a backup copy, and refuses files that it does not know.</summary>
/// <remarks>
/// The script of a new file stands beside this file, written from the model; a test holds the two together. Making it at start
/// would cost every first start a second. The version stands in the file's <c>user_version</c>: 1 and as many more as there are
/// migrations.
/// </remarks>
/// <param name="script">Makes the schema of a new file.</param>
/// <param name="migrations">The steps from the first version to this one.</param>
internal sealed class SqliteSchema(string script, IReadOnlyList<SqliteMigration> migrations)
{
    private const string Folder = "PlaybookBuilder.Core.Database.Sqlite.";

    // What makes two schemas the same: not the order of columns, nor how they were declared.
    private const string Description = """
        SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || iif(c."notnull", ' not null', '') || iif(c.pk, ' key ' || c.pk, '')
        FROM sqlite_schema AS m JOIN pragma_table_xinfo(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite#_%' ESCAPE '#'
        UNION ALL
        SELECT 'reference ' || m.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' on delete ' || f.on_delete
        FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite#_%' ESCAPE '#'
        UNION ALL
        SELECT 'index ' || m.name || ' ' || c.seqno || ' ' || m.tbl_name || '.' || coalesce(c.name, '?') || iif(i."unique", ' unique', '') || iif(i.partial, ' partial', '')
        FROM sqlite_schema AS m JOIN pragma_index_list(m.tbl_name) AS i ON i.name = m.name JOIN pragma_index_info(m.name) AS c WHERE m.type = 'index' AND m.name NOT LIKE 'sqlite#_%' ESCAPE '#'
        ORDER BY 1
        """;

    /// <summary>The schema of this program.</summary>
    public static SqliteSchema Current { get; } = new(
        ReadResource("schema.sql"),
        [.. typeof(SqliteSchema).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder + "Migrations.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static name => new SqliteMigration(name[(Folder.Length + "Migrations.".Length)..], ReadResource(name[Folder.Length..])))]);

    public string Script => script;

    public IReadOnlyList<SqliteMigration> Migrations => migrations;

    public int Version => 1 + migrations.Count;

    /// <summary>Makes a new file ready, or an older one after it was copied to <c>&lt;path&gt;.before-&lt;version&gt;</c>.</summary>
    /// <exception cref="DatabaseUnavailableException">The file can't be used, and was left as it was; the message says why and what to do.</exception>
    public void Prepare(string connectionString, string path)
    {
        using var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var version = ReadNumber(connection, "PRAGMA user_version");
            if (version > Version) throw new DatabaseUnavailableException($"The database {path} is of version {version}, this program's is {Version}: it was used with a newer program. Use that one, start in another directory, or put back a copy that was made before ({SqliteBackup.PathOf(path, (int)version)}).");

            if (version == 0) Create(connection, path);
            else if (version < Version) Migrate(connection, path, (int)version);
            else RefuseForeign(connection, path);
        }
        catch (SqliteException exception)
        {
            throw new DatabaseUnavailableException($"The file {path} can't be used as the database: {exception.Message} Start in another directory, or set {DatabaseOptions.Variable}.");
        }
    }

    /// <summary>Describes the schema of a file, a line each column, reference and part of an index.</summary>
    internal static IReadOnlyList<string> Describe(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Description;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(0));
        return lines;
    }

    /// <summary>The script that belongs to the model.</summary>
    internal static string ScriptOfModel()
    {
        using var context = new PlaybookDbContext(new DbContextOptionsBuilder<PlaybookDbContext>().UseSqlite().Options);
        return context.Database.GenerateCreateScript().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private void Create(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, script);
        Execute(connection, $"PRAGMA user_version={Version}");
        RefuseForeign(connection, path);
        transaction.Commit();
    }

    private void Migrate(SqliteConnection connection, string path, int version)
    {
        var backup = SqliteBackup.Make(connection, path, Version);
        // A step may put a new table in the place of one that others refer to; what refers to nothing afterwards is found before the commit.
        Execute(connection, "PRAGMA foreign_keys=OFF");
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var migration in migrations.Skip(version - 1)) Apply(connection, migration, path, backup);
            if (ReadNumber(connection, "SELECT count(*) FROM pragma_foreign_key_check") is var lost and > 0) throw Failure(migrations[^1], path, backup, $"{lost} rows would refer to nothing.");

            Execute(connection, $"PRAGMA user_version={Version}");
            RefuseForeign(connection, path);
            transaction.Commit();
        }

        SqliteBackup.RemoveOld(path);
    }

    private static void Apply(SqliteConnection connection, SqliteMigration migration, string path, string backup)
    {
        try
        {
            Execute(connection, migration.Sql);
        }
        catch (SqliteException exception)
        {
            throw Failure(migration, path, backup, exception.Message);
        }
    }

    private static DatabaseUnavailableException Failure(SqliteMigration migration, string path, string backup, string reason) =>
        new($"{migration.Name} failed, and the database {path} stays as it was: {reason} It can be used with the program before this one; a copy is {backup}.");

    // Programs before the first release wrote other tables under the same version.
    private void RefuseForeign(SqliteConnection connection, string path)
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        Execute(memory, script);
        var found = Describe(connection);
        var difference = Describe(memory).Except(found, StringComparer.Ordinal).FirstOrDefault() ?? found.Except(Describe(memory), StringComparer.Ordinal).FirstOrDefault();
        if (difference is not null) throw new DatabaseUnavailableException($"The database {path} has not the tables of this program ({difference}): something else made it, or a program from before the first release. Start in another directory, or move the file away.");
    }

    private static string ReadResource(string name)
    {
        using var reader = new StreamReader(typeof(SqliteSchema).Assembly.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }

    private static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
