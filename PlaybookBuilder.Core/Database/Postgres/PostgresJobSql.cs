using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The statements of the job queue in Postgres. States: 0 waiting, 1 queued, 2 running.</summary>
/// <remarks>
/// Who takes locks on several rows takes them in the order of their ids. A dependent is queued by a statement of its own after
/// its row was locked, so that of two inputs that end at once the second sees the first. Whoever queues a job holds
/// <c>FOR KEY SHARE</c> on those that it waits for: that stops a finish, which deletes, but no claim, which updates.
/// </remarks>
internal static class PostgresJobSql
{
    private const string Error = ErrorData.Spec;

    /// <summary>Results and jobs in one statement, hence at one moment: in two, a job that ends between them would be in neither. The head of the queue is read once, and only when one of these is queued.</summary>
    public const string Read = """
        WITH head AS MATERIALIZED (
          SELECT process_id, rank() OVER (ORDER BY is_batch, turn)::int - 1 AS place
          FROM (SELECT process_id, is_batch, turn FROM job WHERE state = 1 ORDER BY is_batch, turn LIMIT @head) AS queued)
        SELECT asked.id, resolution.data_id, data.type, resolution.version, resolution.created, resolution.duration_ms, resolution.is_transient,
          job.state, job.attempt, job.created, job.started,
          CASE WHEN job.state = 1 THEN (SELECT head.place FROM head WHERE head.process_id = job.process_id) END,
          job.is_cancel_requested
        FROM unnest(@ids) AS asked (id)
        LEFT JOIN resolution ON resolution.process_id = asked.id
        LEFT JOIN data ON data.id = resolution.data_id
        LEFT JOIN job ON job.process_id = asked.id
        WHERE resolution.process_id IS NOT NULL OR job.process_id IS NOT NULL
        """;

    public const string SelectInputs = "SELECT process_id, input_id FROM process_input WHERE process_id = ANY(@ids)";

    /// <summary>What there is of processes and of what they stand on.</summary>
    public const string SelectStandings = $"""
        SELECT wanted.id, resolution.version, clock_timestamp() - resolution.created, resolution.is_transient, data.type = '{Error}', job.process_id IS NOT NULL, COALESCE(job.is_batch, false)
        FROM (SELECT unnest(@ids) AS id UNION SELECT input_id FROM process_input WHERE process_id = ANY(@ids)) AS wanted
        LEFT JOIN resolution ON resolution.process_id = wanted.id
        LEFT JOIN data ON data.id = resolution.data_id
        LEFT JOIN job ON job.process_id = wanted.id
        WHERE resolution.process_id IS NOT NULL OR job.process_id IS NOT NULL
        """;

    /// <summary>Removes results and all that was computed from them and is not frozen.</summary>
    public const string DeleteOutdated = """
        WITH RECURSIVE outdated (id) AS (
          SELECT unnest(@ids)
          UNION
          SELECT input.process_id FROM outdated
          JOIN process_input AS input ON input.input_id = outdated.id
          JOIN process ON process.id = input.process_id AND process.timestamp IS NULL
          JOIN resolution ON resolution.process_id = input.process_id)
        DELETE FROM resolution WHERE process_id IN (SELECT id FROM outdated)
        RETURNING process_id
        """;

    public const string DeleteResolutions = "DELETE FROM resolution WHERE process_id = ANY(@ids)";

    /// <summary>Queued jobs with an input that has no result wait.</summary>
    public const string UnqueueDependents = $"""
        UPDATE job SET state = 0, worker = NULL
        WHERE state = 1 AND process_id IN (SELECT process_id FROM process_input WHERE input_id = ANY(@ids)) AND NOT {IsRunnable}
        """;

    /// <summary>Adds jobs in the order in which they are given: their turns follow the last of their owner, but not before the first that is queued.</summary>
    public const string InsertJobs = """
        INSERT INTO job (process_id, state, attempt, deaths, is_batch, owner, turn, created, is_cancel_requested, trace_parent)
        SELECT new.id, new.state, 0, 0, @batch, @owner, last.turn + new.place, clock_timestamp(), false, @trace::text
        FROM unnest(@ids, @states) WITH ORDINALITY AS new (id, state, place),
          (SELECT GREATEST(
            COALESCE((SELECT max(turn) FROM job WHERE owner = @owner AND is_batch = @batch), 0),
            COALESCE((SELECT min(turn) FROM job WHERE state = 1 AND is_batch = @batch), 0) - 1) AS turn) AS last
        ORDER BY new.id
        ON CONFLICT (process_id) DO NOTHING
        RETURNING process_id, state, created
        """;

    public const string MakeInteractive = """
        UPDATE job SET is_batch = false, owner = @owner, turn = last.turn + new.place
        FROM unnest(@ids) WITH ORDINALITY AS new (id, place),
          (SELECT GREATEST(
            COALESCE((SELECT max(turn) FROM job WHERE owner = @owner AND NOT is_batch), 0),
            COALESCE((SELECT min(turn) FROM job WHERE state = 1 AND NOT is_batch), 0) - 1) AS turn) AS last
        WHERE job.process_id = new.id AND job.is_batch
        """;

    /// <summary>Keeps those that jobs wait for from ending until these are committed, and waits for those that are about to end.</summary>
    public const string HoldInputs = """
        SELECT 1 FROM job WHERE process_id IN (SELECT input_id FROM process_input WHERE process_id = ANY(@ids)) ORDER BY process_id FOR KEY SHARE
        """;

    /// <summary>Of jobs just added, removes those that got a result meanwhile.</summary>
    public const string DropResolved = """
        DELETE FROM job WHERE state < 2 AND process_id = ANY(@ids) AND EXISTS (SELECT 1 FROM resolution WHERE resolution.process_id = job.process_id) RETURNING process_id
        """;

    /// <summary>Of jobs just added, removes those that stand on an error or on what has neither result nor job.</summary>
    public const string DropHopeless = $"""
        WITH RECURSIVE hopeless (id) AS (
          SELECT job.process_id FROM job
          WHERE job.process_id = ANY(@ids) AND job.state < 2 AND EXISTS (
            SELECT 1 FROM process_input AS input
            LEFT JOIN resolution ON resolution.process_id = input.input_id
            LEFT JOIN data ON data.id = resolution.data_id
            LEFT JOIN job AS ahead ON ahead.process_id = input.input_id
            WHERE input.process_id = job.process_id AND (data.type = '{Error}' OR (resolution.process_id IS NULL AND ahead.process_id IS NULL)))
          UNION
          SELECT input.process_id FROM hopeless
          JOIN process_input AS input ON input.input_id = hopeless.id
          JOIN job ON job.process_id = input.process_id AND job.state = 0)
        DELETE FROM job WHERE state < 2 AND process_id IN (SELECT id FROM hopeless)
        RETURNING process_id
        """;

    /// <summary>Of jobs that wait, queues those whose inputs all have results.</summary>
    public const string QueueRunnable = $"UPDATE job SET state = 1 WHERE state = 0 AND process_id = ANY(@ids) AND {IsRunnable} RETURNING process_id";

    // What was taken: a row for each input, with the output that it gave, if that is small; one row where there is no input.
    private const string SelectTaken = """
        SELECT taken.process_id, process.type, process.timestamp, answer.id, answer.type, answer.value, taken.attempt, taken.waited, taken.trace_parent,
          input.argument, input.position, input.input_id, output.id, output.type, CASE WHEN octet_length(output.value) <= 16384 THEN output.value END
        FROM taken
        JOIN process ON process.id = taken.process_id
        LEFT JOIN data AS answer ON answer.id = process.data_id
        LEFT JOIN process_input AS input ON input.process_id = taken.process_id
        LEFT JOIN resolution ON resolution.process_id = input.input_id
        LEFT JOIN data AS output ON output.id = resolution.data_id
        ORDER BY taken.place
        """;

    /// <summary>
    /// A job that took its worker down, a suspect, runs alone in its worker: nothing beside it, and it beside nothing. A worker that
    /// has one, or has one kept for it, takes nothing else.
    /// </summary>
    public const string ClaimUnsuspected = $"""
        WITH next AS (
          SELECT process_id, is_batch, turn FROM job
          WHERE state = 1 AND deaths = 0 AND (not_before IS NULL OR not_before <= now())
            AND NOT EXISTS (SELECT 1 FROM job AS suspect WHERE suspect.deaths > 0 AND suspect.worker = @worker)
          ORDER BY is_batch, turn LIMIT @most FOR NO KEY UPDATE SKIP LOCKED),
        placed AS (SELECT process_id, row_number() OVER (ORDER BY is_batch, turn) AS place FROM next),
        taken AS (
          UPDATE job SET state = 2, worker = @worker, started = clock_timestamp(), attempt = attempt + 1, not_before = NULL, is_begun = placed.place <= @now
          FROM placed WHERE job.process_id = placed.process_id
          RETURNING job.process_id, job.attempt, placed.place, job.started - job.created AS waited, job.trace_parent)
        {SelectTaken}
        """;

    /// <summary>Keeps the next suspect for a worker, once nothing that may be taken stands before it.</summary>
    public const string KeepSuspect = """
        WITH next AS (
          SELECT process_id FROM job
          WHERE state = 1 AND deaths > 0 AND worker IS NULL AND (not_before IS NULL OR not_before <= now())
            AND NOT EXISTS (
              SELECT 1 FROM job AS ahead
              WHERE ahead.state = 1 AND ahead.deaths = 0 AND (ahead.not_before IS NULL OR ahead.not_before <= now()) AND (ahead.is_batch, ahead.turn) < (job.is_batch, job.turn))
            AND NOT EXISTS (SELECT 1 FROM job AS suspect WHERE suspect.deaths > 0 AND suspect.worker = @worker)
          ORDER BY is_batch, turn LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE job SET worker = @worker FROM next WHERE job.process_id = next.process_id
        """;

    /// <summary>Takes the suspect that is kept for a worker, once that runs nothing.</summary>
    public const string ClaimSuspect = $"""
        WITH taken AS (
          UPDATE job SET state = 2, started = clock_timestamp(), attempt = attempt + 1, not_before = NULL, is_begun = true
          WHERE deaths > 0 AND state = 1 AND worker = @worker AND NOT EXISTS (SELECT 1 FROM job AS other WHERE other.state = 2 AND other.worker = @worker)
          RETURNING process_id, attempt, 1::bigint AS place, started - created AS waited, trace_parent)
        {SelectTaken}
        """;

    /// <summary>Nobody has to hear of it before the disk does: after a crash of the database no death is counted.</summary>
    public const string DoNotWait = "SELECT set_config('synchronous_commit', 'off', true)";

    public const string Begin = """
        UPDATE job SET is_begun = true FROM unnest(@ids, @attempts) AS run (id, attempt)
        WHERE job.process_id = run.id AND job.state = 2 AND job.worker = @worker AND job.attempt = run.attempt AND NOT job.is_cancel_requested
        RETURNING job.process_id
        """;

    /// <summary>Whether more is runnable now, how long until the next is that has to wait, and whether there is a suspect that nobody or this worker has.</summary>
    public const string SelectOutlook = """
        SELECT EXISTS (SELECT 1 FROM job WHERE state = 1 AND (not_before IS NULL OR not_before <= now())),
          (SELECT min(not_before) - now() FROM job WHERE state = 1 AND not_before > now()),
          EXISTS (SELECT 1 FROM job WHERE state = 1 AND deaths > 0 AND (worker IS NULL OR worker = @worker) AND (not_before IS NULL OR not_before <= now()))
        """;

    public const string InsertData = "INSERT INTO data (id, type, value) SELECT id, type, value FROM unnest(@ids, @types, @values) AS new (id, type, value) ORDER BY id ON CONFLICT DO NOTHING";

    /// <summary>A file that a process made is kept as long as a value was granted it. With somebody's upload a result grants nothing.</summary>
    public const string GrantMade = """
        INSERT INTO upload_grant (data_id, upload_id)
        SELECT named.data_id, upload.id FROM unnest(@data, @uploads) AS named (data_id, upload_id) JOIN upload ON upload.id = named.upload_id AND upload.user_id IS NULL
        ORDER BY named.data_id, upload.id ON CONFLICT DO NOTHING
        """;

    /// <summary>Puts results in the place of jobs. The fence: only those of the present runs. A result that somebody else gave meanwhile stays.</summary>
    public const string Resolve = """
        WITH ended (process_id, data_id, version, duration, is_transient) AS (
          DELETE FROM job USING unnest(@ids, @attempts, @data, @versions, @durations, @transient) AS run (id, attempt, data_id, version, duration, is_transient)
          WHERE job.process_id = run.id AND job.state = 2 AND job.worker = @worker AND job.attempt = run.attempt
          RETURNING job.process_id, run.data_id, run.version, run.duration, run.is_transient)
        INSERT INTO resolution (process_id, data_id, version, created, duration_ms, is_transient)
        SELECT process_id, data_id, version, clock_timestamp(), duration, is_transient FROM ended
        ON CONFLICT (process_id) DO UPDATE SET version = resolution.version
        RETURNING process_id
        """;

    /// <summary>Runs of these that were asked to stop end as cancelled.</summary>
    public const string ResolveCancelled = """
        WITH ended (process_id) AS (
          DELETE FROM job USING unnest(@ids, @attempts) AS run (id, attempt)
          WHERE job.process_id = run.id AND job.state = 2 AND job.worker = @worker AND job.attempt = run.attempt AND job.is_cancel_requested
          RETURNING job.process_id)
        INSERT INTO resolution (process_id, data_id, version, created, duration_ms, is_transient)
        SELECT process_id, @cancelled, @version, clock_timestamp(), 0, false FROM ended
        RETURNING process_id
        """;

    /// <summary>Puts runs back: those with a delay are to run again, those without one were not begun in earnest.</summary>
    public const string Return = $"""
        UPDATE job SET state = CASE WHEN {IsRunnable} THEN 1 ELSE 0 END, worker = NULL, started = NULL,
          attempt = CASE WHEN run.delay IS NULL THEN job.attempt - 1 ELSE job.attempt END,
          not_before = now() + run.delay
        FROM unnest(@ids, @attempts, @delays) AS run (id, attempt, delay)
        WHERE job.process_id = run.id AND job.state = 2 AND job.worker = @worker AND job.attempt = run.attempt
        RETURNING job.process_id
        """;

    public const string LockDependents = """
        SELECT 1 FROM job WHERE state = 0 AND process_id IN (SELECT process_id FROM process_input WHERE input_id = ANY(@ids)) ORDER BY process_id FOR UPDATE
        """;

    public const string QueueDependents = $"""
        UPDATE job SET state = 1
        WHERE state = 0 AND process_id IN (SELECT process_id FROM process_input WHERE input_id = ANY(@ids)) AND {IsRunnable}
        RETURNING process_id
        """;

    /// <summary>Drops all that waits on those of these that ended as an error.</summary>
    public const string DropDependents = $"""
        WITH RECURSIVE dependent (id) AS (
          SELECT resolution.process_id FROM resolution JOIN data ON data.id = resolution.data_id AND data.type = '{Error}' WHERE resolution.process_id = ANY(@ids)
          UNION
          SELECT input.process_id FROM dependent
          JOIN process_input AS input ON input.input_id = dependent.id
          JOIN job ON job.process_id = input.process_id AND job.state = 0)
        DELETE FROM job WHERE state = 0 AND process_id IN (SELECT id FROM dependent)
        RETURNING process_id
        """;

    public const string LockJobs = "SELECT process_id, state FROM job WHERE process_id = ANY(@ids) ORDER BY process_id FOR UPDATE";

    public const string RequestCancel = "UPDATE job SET is_cancel_requested = true WHERE process_id = ANY(@ids)";

    /// <summary>Ends jobs, whoever has them, as the same error.</summary>
    public const string EndJobs = """
        WITH ended (process_id) AS (DELETE FROM job WHERE process_id = ANY(@ids) RETURNING process_id)
        INSERT INTO resolution (process_id, data_id, version, created, duration_ms, is_transient)
        SELECT process_id, @data, @version, clock_timestamp(), 0, false FROM ended
        """;

    /// <summary>Who has jobs, or has one kept for it.</summary>
    public const string SelectWorkers = """
        SELECT worker FROM job WHERE state = 2
        UNION
        SELECT worker FROM job WHERE deaths > 0 AND state = 1 AND worker IS NOT NULL
        """;

    public const string ForgetKept = "UPDATE job SET worker = NULL WHERE deaths > 0 AND state = 1 AND worker = ANY(@workers)";

    public const string LockRunsOf = "SELECT process_id, deaths, is_cancel_requested, is_begun FROM job WHERE state = 2 AND worker = ANY(@workers) ORDER BY process_id FOR UPDATE SKIP LOCKED";

    /// <summary>Puts runs back whose worker is gone. Those that had begun count its death, of the others not even the attempt counts.</summary>
    public const string Requeue = $"""
        UPDATE job SET state = CASE WHEN {IsRunnable} THEN 1 ELSE 0 END, worker = NULL, started = NULL,
          deaths = deaths + is_begun::int, attempt = attempt - (NOT is_begun)::int
        WHERE process_id = ANY(@ids)
        """;

    /// <summary>Puts back what has run for longer than its type may: its worker is frozen, whatever its lock says. If it goes on after all, the fence refuses its finish.</summary>
    public const string RequeueOverdue = $"""
        WITH overdue AS (
          SELECT job.process_id FROM job
          JOIN process ON process.id = job.process_id
          JOIN unnest(@types, @limits) AS type (spec, longest) ON type.spec = process.type
          WHERE job.state = 2 AND job.started < now() - type.longest
          ORDER BY job.process_id FOR UPDATE OF job SKIP LOCKED)
        UPDATE job SET state = CASE WHEN {IsRunnable} THEN 1 ELSE 0 END, worker = NULL, started = NULL
        FROM overdue WHERE job.process_id = overdue.process_id
        RETURNING job.process_id
        """;

    /// <summary>How deep the queue is: by index, and no further than to a limit.</summary>
    public const string Measure = """
        SELECT (SELECT count(*) FROM (SELECT 1 FROM job WHERE state = 0 LIMIT @most) AS waiting),
          (SELECT count(*) FROM (SELECT 1 FROM job WHERE state = 1 LIMIT @most) AS queued),
          (SELECT count(*) FROM (SELECT 1 FROM job WHERE state = 2 LIMIT @most) AS running),
          (SELECT clock_timestamp() - min(created) FROM (SELECT created FROM job WHERE state = 1 ORDER BY is_batch, turn LIMIT @head) AS head)
        """;

    private const string IsRunnable = """
        NOT EXISTS (
          SELECT 1 FROM process_input AS input LEFT JOIN resolution ON resolution.process_id = input.input_id
          WHERE input.process_id = job.process_id AND resolution.process_id IS NULL)
        """;
}
