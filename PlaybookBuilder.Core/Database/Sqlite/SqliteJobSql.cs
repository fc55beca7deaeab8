using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>The statements of the embedded job queue. States: 0 waiting, 1 queued, 2 running.</summary>
internal static class SqliteJobSql
{
    public const string SelectResolutions = $"""
        SELECT resolution.process_id, resolution.data_id, data.type, resolution.version, resolution.created, resolution.duration_ms, resolution.is_transient
        FROM resolution JOIN data ON data.id = resolution.data_id
        WHERE resolution.process_id IN {SqliteValues.Ids}
        """;

    public const string SelectJobs = $"""
        WITH head (process_id, place) AS MATERIALIZED (
          SELECT process_id, rank() OVER (ORDER BY is_batch, turn) - 1
          FROM (SELECT process_id, is_batch, turn FROM job WHERE state = 1 ORDER BY is_batch, turn LIMIT @head))
        SELECT job.process_id, job.state, job.attempt, job.created, job.started,
          CASE WHEN job.state = 1 THEN (SELECT head.place FROM head WHERE head.process_id = job.process_id) END,
          job.is_cancel_requested
        FROM job WHERE job.process_id IN {SqliteValues.Ids}
        """;

    /// <summary>Removes a result and all that was computed from it and is not frozen.</summary>
    public const string DeleteOutdated = """
        WITH RECURSIVE outdated (id) AS (
          SELECT @id
          UNION
          SELECT input.process_id FROM outdated
          JOIN process_input AS input ON input.input_id = outdated.id
          JOIN process ON process.id = input.process_id AND process.timestamp IS NULL
          JOIN resolution ON resolution.process_id = input.process_id)
        DELETE FROM resolution WHERE process_id IN (SELECT id FROM outdated)
        RETURNING process_id
        """;

    public const string DeleteResolution = "DELETE FROM resolution WHERE process_id = @id";

    public const string UnqueueDependents = "UPDATE job SET state = 0, worker = NULL WHERE state = 1 AND process_id IN (SELECT process_id FROM process_input WHERE input_id = @id)";

    /// <summary>Adds a job unless it stands on an error or on what nobody asked for; its state depends on whether all its inputs have results.</summary>
    public const string InsertJob = $"""
        INSERT INTO job (process_id, state, attempt, deaths, is_batch, owner, turn, created, is_cancel_requested)
        SELECT @id, is_ready, 0, 0, @batch, @owner, ({NextTurn}), @now, 0
        FROM (
          SELECT COALESCE(MIN(data.id IS NOT NULL), 1) AS is_ready,
            COALESCE(MAX(COALESCE(data.type = '{ErrorData.Spec}', ahead.process_id IS NULL)), 0) AS is_blocked
          FROM process_input AS input
          LEFT JOIN resolution ON resolution.process_id = input.input_id
          LEFT JOIN data ON data.id = resolution.data_id
          LEFT JOIN job AS ahead ON ahead.process_id = input.input_id
          WHERE input.process_id = @id)
        WHERE NOT is_blocked
        RETURNING state
        """;

    public const string MakeInteractive = $"UPDATE job SET is_batch = 0, owner = @owner, turn = ({NextTurn}) WHERE process_id = @id AND is_batch = 1";

    // A job that took its worker down runs alone in its worker: nothing beside it, and it beside nothing.
    public const string ClaimUnsuspected = """
        UPDATE job SET state = 2, worker = @worker, started = @now, attempt = attempt + 1, not_before = NULL
        WHERE process_id IN (
          SELECT process_id FROM job WHERE state = 1 AND deaths = 0 AND (not_before IS NULL OR not_before <= @now)
            AND (NOT @suspects OR NOT EXISTS (SELECT 1 FROM job AS suspect WHERE suspect.deaths > 0 AND suspect.worker = @worker))
          ORDER BY is_batch, turn LIMIT @most)
        RETURNING process_id, attempt, is_batch, turn, created
        """;

    /// <summary>Keeps the next job that may run only alone for a worker, once nothing that may be taken stands before it.</summary>
    public const string KeepSuspect = """
        UPDATE job SET worker = @worker
        WHERE process_id IN (
          SELECT process_id FROM job
          WHERE state = 1 AND deaths > 0 AND worker IS NULL AND (not_before IS NULL OR not_before <= @now)
            AND NOT EXISTS (
              SELECT 1 FROM job AS ahead
              WHERE ahead.state = 1 AND ahead.deaths = 0 AND (ahead.not_before IS NULL OR ahead.not_before <= @now) AND (ahead.is_batch, ahead.turn) < (job.is_batch, job.turn))
            AND NOT EXISTS (SELECT 1 FROM job AS suspect WHERE suspect.deaths > 0 AND suspect.worker = @worker)
          ORDER BY is_batch, turn LIMIT 1)
        """;

    public const string ClaimSuspect = """
        UPDATE job SET state = 2, started = @now, attempt = attempt + 1, not_before = NULL
        WHERE deaths > 0 AND state = 1 AND worker = @worker AND NOT EXISTS (SELECT 1 FROM job AS other WHERE other.state = 2 AND other.worker = @worker)
        RETURNING process_id, attempt, is_batch, turn, created
        """;

    public const string HasSuspects = "SELECT EXISTS (SELECT 1 FROM job WHERE deaths > 0)";

    public const string HasMore = "SELECT 1 FROM job WHERE state = 1 AND (not_before IS NULL OR not_before <= @now) LIMIT 1";

    public const string NextDue = "SELECT MIN(not_before) FROM job WHERE state = 1 AND not_before > @now";

    /// <summary>The fence: gives a row only for the present run.</summary>
    public const string SelectRun = "SELECT is_cancel_requested FROM job WHERE process_id = @id AND state = 2 AND worker = @worker AND attempt = @attempt";

    public const string InsertData = "INSERT INTO data (id, type, value) VALUES (@id, @type, @value) ON CONFLICT DO NOTHING";

    /// <summary>A file that a process made is kept as long as a value was granted it. With somebody's upload a result grants nothing.</summary>
    public const string GrantMade = "INSERT INTO upload_grant (data_id, upload_id) SELECT @data, id FROM upload WHERE id = @upload AND user_id IS NULL ON CONFLICT DO NOTHING";

    public const string InsertResolution = """
        INSERT INTO resolution (process_id, data_id, version, created, duration_ms, is_transient)
        VALUES (@id, @data, @version, @now, @duration, @transient)
        """;

    public const string DeleteJob = "DELETE FROM job WHERE process_id = @id";

    public const string QueueDependents = $"""
        UPDATE job SET state = 1
        WHERE state = 0 AND process_id IN (SELECT process_id FROM process_input WHERE input_id = @id)
          AND {RunnableState}
        RETURNING process_id
        """;

    public const string DropDependents = """
        WITH RECURSIVE dependent (id) AS (
          SELECT @id
          UNION
          SELECT input.process_id FROM dependent
          JOIN process_input AS input ON input.input_id = dependent.id
          JOIN job ON job.process_id = input.process_id AND job.state = 0)
        DELETE FROM job WHERE state = 0 AND process_id IN (SELECT id FROM dependent)
        RETURNING process_id
        """;

    public const string RetryJob = $"UPDATE job SET state = {RunnableState}, worker = NULL, started = NULL, not_before = @time WHERE process_id = @id";

    public const string ReleaseJob = $"UPDATE job SET state = {RunnableState}, worker = NULL, started = NULL, attempt = attempt - 1 WHERE process_id = @id";

    public const string RequestCancel = $"UPDATE job SET is_cancel_requested = 1 WHERE state = 2 AND process_id IN {SqliteValues.Ids} RETURNING process_id";

    public const string SelectIdle = $"SELECT process_id FROM job WHERE state < 2 AND process_id IN {SqliteValues.Ids} ORDER BY state DESC";

    public const string SelectRunning = "SELECT process_id, worker, deaths, is_cancel_requested FROM job WHERE state = 2";

    public const string RescueJob = $"UPDATE job SET state = {RunnableState}, worker = NULL, started = NULL, deaths = deaths + 1 WHERE process_id = @id";

    /// <summary>How deep the queue is: by index, and no further than to a limit.</summary>
    public const string Measure = """
        SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state = 0 LIMIT @most)),
          (SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state = 1 LIMIT @most)),
          (SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state = 2 LIMIT @most)),
          (SELECT MIN(created) FROM (SELECT created FROM job WHERE state = 1 ORDER BY is_batch, turn LIMIT @head))
        """;

    private const string RunnableState = """
        NOT EXISTS (
          SELECT 1 FROM process_input AS input LEFT JOIN resolution ON resolution.process_id = input.input_id
          WHERE input.process_id = job.process_id AND resolution.process_id IS NULL)
        """;

    private const string NextTurn = """
        SELECT MAX(
          COALESCE((SELECT MAX(turn) FROM job WHERE owner = @owner AND is_batch = @batch), 0) + 1,
          COALESCE((SELECT MIN(turn) FROM job WHERE state = 1 AND is_batch = @batch), 0))
        """;
}
