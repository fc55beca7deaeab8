using Npgsql;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Records of uploads in Postgres.</summary>
internal sealed class PostgresUploadStore(PostgresDatabase database) : IUploadStore
{
    // An answer can get lost, so the same one may come again.
    private const string Insert = "INSERT INTO upload (id, sha256, size, filename, user_id, created) VALUES (@id, @sha256, @size, @filename, @user::uuid, @created) ON CONFLICT DO NOTHING";

    private const string InsertFinished = """
        WITH finished AS (UPDATE resumable_upload SET upload_id = @id WHERE id = @resumable AND upload_id IS NULL AND received = size RETURNING user_id)
        INSERT INTO upload (id, sha256, size, filename, user_id, created) SELECT @id, @sha256, @size, @filename, user_id, @created FROM finished RETURNING id
        """;

    private const string Measure = "SELECT count(*), COALESCE(sum(size), 0)::bigint FROM (SELECT max(size) AS size FROM upload GROUP BY sha256) AS content";
    private const string Select = $"SELECT id, sha256, size, filename, user_id, created, sharing, {PlaybookSql.IsUploadDamaged} FROM upload WHERE id = @id";

    // Held until the transaction ends: by whoever adds a record of this content, and by whoever removes its bytes.
    private const string LockContent = "SELECT pg_advisory_xact_lock(hashtextextended(@sha256, 0))";

    private const string Delete = """
        WITH gone AS (DELETE FROM upload WHERE id = @id AND user_id IS NOT DISTINCT FROM @user::uuid RETURNING id, sha256, size, filename, user_id, created, sharing),
          noted AS (INSERT INTO deleted_upload (id, sha256) SELECT id, sha256 FROM gone)
        SELECT id, sha256, size, filename, user_id, created, sharing FROM gone
        """;

    private const string SelectDeleted = "SELECT id, sha256 FROM deleted_upload WHERE id > @after ORDER BY id LIMIT @most";
    private const string FindContent = "SELECT 1 FROM upload WHERE sha256 = @sha256 LIMIT 1";
    private const string DeleteDeleted = "DELETE FROM deleted_upload WHERE id = @id";

    private const string SelectNamed = """
        SELECT upload.id, upload.sha256, upload.size, upload.filename, upload.user_id, upload.created, upload.sharing, named.data_id, given.data_id IS NOT NULL
        FROM unnest(@data, @uploads) AS named (data_id, upload_id)
        JOIN upload ON upload.id = named.upload_id
        LEFT JOIN upload_grant AS given ON given.data_id = named.data_id AND given.upload_id = named.upload_id
        """;

    public Task AddAsync(Upload upload, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Lock(LockContent, ("sha256", upload.Sha256));
        batch.Execute(
            Insert,
            ("id", upload.Id),
            ("sha256", upload.Sha256),
            ("size", upload.Size),
            ("filename", upload.Filename),
            ("user", upload.UserId),
            ("created", upload.Created.ToUniversalTime()));
        return database.ExecuteAsync(batch, cancellationToken);
    }

    public async Task<bool> AddFinishedAsync(Upload upload, string resumableId, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Lock(LockContent, ("sha256", upload.Sha256));
        var rows = batch.Query(
            InsertFinished,
            static _ => true,
            ("resumable", resumableId),
            ("id", upload.Id),
            ("sha256", upload.Sha256),
            ("size", upload.Size),
            ("filename", upload.Filename),
            ("created", upload.Created.ToUniversalTime()));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.Count == 1;
    }

    public async Task<Upload?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(Select, ReadKnown, ("id", id));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.SingleOrDefault();
    }

    public async Task<Upload?> DeleteAsync(string id, Guid? userId, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(Delete, Read, ("id", id), ("user", userId));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.SingleOrDefault();
    }

    public async Task<IReadOnlyList<DeletedUpload>> ListDeletedAsync(string after, int most, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(SelectDeleted, static reader => new DeletedUpload(reader.GetString(0), reader.GetString(1)), ("after", after), ("most", most));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    public Task<bool> FreeAsync(DeletedUpload deleted, Func<Task> removeBytes, CancellationToken cancellationToken) => database.TransactAsync(
        async transaction =>
        {
            var isUnused = await RemoveIfUnusedAsync(transaction, deleted.Sha256, removeBytes, cancellationToken).ConfigureAwait(false);
            var batch = new PostgresBatch();
            batch.Execute(DeleteDeleted, ("id", deleted.Id));
            await transaction.RunAsync(batch, cancellationToken).ConfigureAwait(false);
            return isUnused;
        },
        cancellationToken);

    public Task<bool> RemoveUnusedAsync(string sha256, Func<Task> removeBytes, CancellationToken cancellationToken) =>
        database.TransactAsync(transaction => RemoveIfUnusedAsync(transaction, sha256, removeBytes, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<NamedUpload>> FindNamedAsync(IReadOnlyCollection<UploadGrant> named, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(
            SelectNamed,
            static reader => new NamedUpload(new UploadGrant(reader.GetGuid(7), reader.GetString(0)), Read(reader), reader.GetBoolean(8)),
            ("data", named.Select(grant => grant.DataId).ToArray()),
            ("uploads", named.Select(grant => grant.UploadId).ToArray()));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    public async Task<UploadForProcess> FindForProcessAsync(string id, Guid processId, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(PlaybookSql.SelectUploadForProcess, static reader => new UploadForProcess(reader.IsDBNull(0) ? null : ReadKnown(reader), reader.GetBoolean(8)), ("id", processId), ("upload", id));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.Single();
    }

    public async Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(Measure, static reader => new StoredFiles(reader.GetInt64(0), reader.GetInt64(1)));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.Single();
    }

    private static async Task<bool> RemoveIfUnusedAsync(PostgresTransaction transaction, string sha256, Func<Task> removeBytes, CancellationToken cancellationToken)
    {
        // Alone, so that what is looked for next is looked for while the lock is held.
        var batch = new PostgresBatch();
        batch.Lock(LockContent, ("sha256", sha256));
        await transaction.RunAsync(batch, cancellationToken).ConfigureAwait(false);
        batch = new PostgresBatch();
        var uses = batch.Query(FindContent, static _ => true, ("sha256", sha256));
        await transaction.RunAsync(batch, cancellationToken).ConfigureAwait(false);
        if (uses.Count == 0) await removeBytes().ConfigureAwait(false);
        return uses.Count == 0;
    }

    private static Upload ReadKnown(NpgsqlDataReader reader) => Read(reader) with { IsDamaged = reader.GetBoolean(7) };

    private static Upload Read(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetGuidOrNull(4), reader.GetFieldValue<DateTimeOffset>(5), (UploadSharing)reader.GetInt32(6));
}
