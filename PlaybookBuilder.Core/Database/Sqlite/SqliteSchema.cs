using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>Makes the schema of the embedded database, and refuses a file of another version.</summary>
/// <remarks>
/// The script stands beside this file, written from the model; a test holds the two together. Making it at start would cost
/// every first start a second.
/// </remarks>
internal static class SqliteSchema
{
    private const string Resource = "PlaybookBuilder.Core.Database.Sqlite.schema.sql";

    /// <summary>Raised with every change of the model.</summary>
    public const int Version = 1;

    public static void Prepare(string connectionString, string path)
    {
        using var connection = new SqliteConnection(connectionString);
        try
        {
            Prepare(connection, path);
        }
        catch (SqliteException exception)
        {
            throw new DatabaseUnavailableException($"The file {path} can't be used as the database: {exception.Message} Start in another directory, or set {DatabaseOptions.Variable}.");
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        connection.Open();
        var version = ReadVersion(connection);
        if (version == Version) return;

        if (version != 0) throw new DatabaseUnavailableException($"The database {path} is of version {version}; this program works with version {Version}. Use the program that made it, or start in another directory.");

        using var transaction = connection.BeginTransaction();
        Execute(connection, transaction, ReadScript());
        Execute(connection, transaction, $"PRAGMA user_version={Version}");
        transaction.Commit();
    }

    /// <summary>The script that belongs to the model.</summary>
    internal static string ScriptOfModel()
    {
        using var context = new PlaybookDbContext(new DbContextOptionsBuilder<PlaybookDbContext>().UseSqlite().Options);
        return context.Database.GenerateCreateScript().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>The script that is used.</summary>
    internal static string ReadScript()
    {
        using var reader = new StreamReader(typeof(SqliteSchema).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }

    private static long ReadVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
