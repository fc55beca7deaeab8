using Npgsql;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Keeps, in the database itself, every storing of a result: what was finished twice stands there twice.</summary>
internal static class FinishLog
{
    private const string Create = """
        CREATE TABLE finish_log (process_id uuid NOT NULL);
        CREATE FUNCTION log_finish() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO finish_log VALUES (NEW.process_id); RETURN NULL; END $$;
        CREATE TRIGGER log_finish AFTER INSERT OR UPDATE ON resolution FOR EACH ROW EXECUTE FUNCTION log_finish();
        """;

    private const string Count = "SELECT count(*), count(DISTINCT process_id) FROM finish_log";

    public static async Task BeginAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Create, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>How many results were stored, and of how many processes.</returns>
    public static async Task<(long Finishes, long Processes)> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Count, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
