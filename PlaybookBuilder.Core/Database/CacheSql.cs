namespace PlaybookBuilder.Core.Database;

/// <summary>The statement that measures the cache, but for the hour in which the youngest result of a value was computed: the databases tell time each in its own way.</summary>
internal static class CacheSql
{
    // A value that several processes gave counts once, as old as its youngest result; a file as old as the youngest value that names it.
    public const string Begin = """
        WITH result (data_id, is_saved, hour) AS (
          SELECT resolution.data_id, max(CASE WHEN saved.process_id IS NULL THEN 0 ELSE 1 END),
        """ + " ";

    public const string End = """

          FROM resolution LEFT JOIN (SELECT DISTINCT process_id FROM saved_playbook_result) AS saved ON saved.process_id = resolution.process_id
          GROUP BY resolution.data_id),
        kept (data_id, is_held, hour, bytes) AS (
          SELECT result.data_id, CASE WHEN result.is_saved = 1 OR answer.data_id IS NOT NULL THEN 1 ELSE 0 END, result.hour, octet_length(data.value)
          FROM result
          JOIN data ON data.id = result.data_id
          LEFT JOIN (SELECT DISTINCT data_id FROM process WHERE data_id IS NOT NULL) AS answer ON answer.data_id = result.data_id),
        file (id, is_held, hour, bytes) AS (
          SELECT upload.id, max(kept.is_held), max(kept.hour), upload.size
          FROM upload
          JOIN upload_grant AS given ON given.upload_id = upload.id
          JOIN kept ON kept.data_id = given.data_id
          WHERE upload.user_id IS NULL
          GROUP BY upload.id, upload.size)
        SELECT 0 AS "IsFile", is_held AS "IsHeld", hour AS "Hour", count(*) AS "Count", CAST(sum(bytes) AS bigint) AS "Bytes" FROM kept GROUP BY is_held, hour
        UNION ALL
        SELECT 1, is_held, hour, count(*), CAST(sum(bytes) AS bigint) FROM file GROUP BY is_held, hour
        """;
}
