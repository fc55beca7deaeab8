using Npgsql;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>Fills a database with playbooks that were computed long ago, as fast as the database takes rows.</summary>
internal static class ManyProcesses
{
    // Playbooks of three steps, as the other rows post them: a gene set, a library of it, the union of that. Ids are spread like
    // those of content, keys are checked by nobody on the way in.
    private const string Fill = """
        SET session_replication_role = replica;
        CREATE TEMPORARY TABLE new AS
          SELECT number, number % 3 AS place, md5('process' || number)::uuid AS id, md5('process' || number - 1)::uuid AS before, md5('data' || number)::uuid AS output,
            md5('answer' || number)::uuid AS answer, md5('step' || number)::uuid AS step, md5('step' || number - 1)::uuid AS parent
          FROM generate_series(0, @processes - 1) AS series (number);
        INSERT INTO data SELECT answer, 'Input[Set[Gene]]', '{"description":"Stored ' || number || '","set":["GENE' || number || 'A","GENE' || number || 'B","GENE' || number || 'C"]}' FROM new WHERE place = 0;
        INSERT INTO data SELECT output, CASE place WHEN 1 THEN 'GMT' ELSE 'Set[Gene]' END, '{"description":"Stored ' || number || '","set":["GENE' || number || 'A","GENE' || number || 'B","GENE' || number || 'C"]}' FROM new;
        INSERT INTO process SELECT id, CASE place WHEN 0 THEN 'Input[Set[Gene]]' WHEN 1 THEN 'GenesetToGMT' ELSE 'GMTUnion' END, CASE place WHEN 0 THEN answer END, NULL FROM new;
        INSERT INTO process_input SELECT id, CASE place WHEN 1 THEN 'geneset' ELSE 'gmt' END, -1, before FROM new WHERE place > 0;
        INSERT INTO resolution SELECT id, output, 1, now() - interval '1 day', 3, false FROM new;
        INSERT INTO step SELECT step, id, CASE WHEN place > 0 THEN parent END, NULL, NULL FROM new;
        DROP TABLE new;
        SET session_replication_role = origin;
        """;

    public static async Task FillAsync(NpgsqlDataSource connections, int processes)
    {
        await using var connection = await connections.OpenConnectionAsync();
        await RunAsync(connection, Fill.Replace("@processes", $"{processes}", StringComparison.Ordinal));
        await RunAsync(connection, "VACUUM ANALYZE");
        await RunAsync(connection, "CHECKPOINT");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
