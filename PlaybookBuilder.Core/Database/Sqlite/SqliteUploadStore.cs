using System.Text.Json;
using Microsoft.Data.Sqlite;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>Records of uploads in the embedded database.</summary>
internal sealed class SqliteUploadStore(SqliteDatabase database) : IUploadStore
{
    private const string Insert = "INSERT INTO upload (id, sha256, size, filename, user_id, created) VALUES (@id, @sha256, @size, @filename, @user, @created)";
    private const string Finish = "UPDATE resumable_upload SET upload_id = @id WHERE id = @resumable AND upload_id IS NULL AND received = size RETURNING 1";
    private const string Measure = "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM (SELECT MAX(size) AS size FROM upload GROUP BY sha256)";
    private const string Select = $"SELECT id, sha256, size, filename, user_id, created, sharing, {PlaybookSql.IsUploadDamaged} FROM upload WHERE id = @id";

    private const string Delete = "DELETE FROM upload WHERE id = @id AND user_id IS @user RETURNING id, sha256, size, filename, user_id, created, sharing";
    private const string InsertDeleted = "INSERT INTO deleted_upload (id, sha256) VALUES (@id, @sha256)";
    private const string SelectDeleted = "SELECT id, sha256 FROM deleted_upload WHERE id > @after ORDER BY id LIMIT @most";
    private const string FindContent = "SELECT 1 FROM upload WHERE sha256 = @sha256 LIMIT 1";
    private const string DeleteDeleted = "DELETE FROM deleted_upload WHERE id = @id";
    private const int ContentLocks = 64;

    private const string SelectNamed = """
        SELECT upload.id, upload.sha256, upload.size, upload.filename, upload.user_id, upload.created, upload.sharing, unhex(named.value ->> 0), given.data_id IS NOT NULL
        FROM json_each(@named) AS named
        JOIN upload ON upload.id = named.value ->> 1
        LEFT JOIN upload_grant AS given ON given.data_id = unhex(named.value ->> 0) AND given.upload_id = upload.id
        """;

    // Removing bytes takes too long for the thread that writes, so it keeps out additions of the same content by a lock of its own.
    private readonly SemaphoreSlim[] _contents = [.. Enumerable.Range(0, ContentLocks).Select(static _ => new SemaphoreSlim(1))];

    public Task AddAsync(Upload upload, CancellationToken cancellationToken) => WithContentAsync(
        upload.Sha256,
        () => database.WriteAsync(session => Add(session, upload), cancellationToken),
        cancellationToken);

    public Task<bool> AddFinishedAsync(Upload upload, string resumableId, CancellationToken cancellationToken) => WithContentAsync(
        upload.Sha256,
        () => database.WriteAsync(
            session => session.Query(Finish, static _ => true, ("@id", upload.Id), ("@resumable", resumableId)).Count == 1 && Add(session, upload) == 1,
            cancellationToken),
        cancellationToken);

    public Task<Upload?> DeleteAsync(string id, Guid? userId, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var deleted = session.Query(Delete, Read, ("@id", id), ("@user", userId)).SingleOrDefault();
            if (deleted is not null) session.Execute(InsertDeleted, ("@id", deleted.Id), ("@sha256", deleted.Sha256));
            return deleted;
        },
        cancellationToken);

    public Task<IReadOnlyList<DeletedUpload>> ListDeletedAsync(string after, int most, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DeletedUpload>>(
        database.Read(session => session.Query(SelectDeleted, static reader => new DeletedUpload(reader.GetString(0), reader.GetString(1)), ("@after", after), ("@most", most))));

    public Task<bool> FreeAsync(DeletedUpload deleted, Func<Task> removeBytes, CancellationToken cancellationToken) => WithContentAsync(
        deleted.Sha256,
        async () =>
        {
            var isUnused = await RemoveIfUnusedAsync(deleted.Sha256, removeBytes).ConfigureAwait(false);
            await database.WriteAsync(session => session.Execute(DeleteDeleted, ("@id", deleted.Id)), cancellationToken).ConfigureAwait(false);
            return isUnused;
        },
        cancellationToken);

    public Task<bool> RemoveUnusedAsync(string sha256, Func<Task> removeBytes, CancellationToken cancellationToken) => WithContentAsync(sha256, () => RemoveIfUnusedAsync(sha256, removeBytes), cancellationToken);

    public Task<Upload?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(database.Read(session => session
        .Query(Select, ReadKnown, ("@id", id))
        .SingleOrDefault()));

    public Task<IReadOnlyList<NamedUpload>> FindNamedAsync(IReadOnlyCollection<UploadGrant> named, CancellationToken cancellationToken)
    {
        var pairs = JsonSerializer.Serialize(named.Select(grant => new[] { grant.DataId.ToString("N"), grant.UploadId }));
        return Task.FromResult<IReadOnlyList<NamedUpload>>(database.Read(session => session.Query(SelectNamed, ReadNamed, ("@named", pairs))));

        static NamedUpload ReadNamed(SqliteDataReader reader)
        {
            var upload = Read(reader);
            return new NamedUpload(new UploadGrant(reader.GetId(7), upload.Id), upload, reader.GetBoolean(8));
        }
    }

    public Task<UploadForProcess> FindForProcessAsync(string id, Guid processId, CancellationToken cancellationToken) => Task.FromResult(database.Read(session => session
        .Query(PlaybookSql.SelectUploadForProcess, static reader => new UploadForProcess(reader.IsDBNull(0) ? null : ReadKnown(reader), reader.GetBoolean(8)), ("@id", processId), ("@upload", id))
        .Single()));

    public Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.Query(Measure, static reader => new StoredFiles(reader.GetInt64(0), reader.GetInt64(1))).Single()));

    private static int Add(SqliteSession session, Upload upload) => session.Execute(
        Insert,
        ("@id", upload.Id),
        ("@sha256", upload.Sha256),
        ("@size", upload.Size),
        ("@filename", upload.Filename),
        ("@user", upload.UserId),
        ("@created", upload.Created.ToMilliseconds()));

    private async Task<bool> RemoveIfUnusedAsync(string sha256, Func<Task> removeBytes)
    {
        var isUnused = database.Read(session => session.Query(FindContent, static _ => true, ("@sha256", sha256))).Count == 0;
        if (isUnused) await removeBytes().ConfigureAwait(false);
        return isUnused;
    }

    private async Task<T> WithContentAsync<T>(string sha256, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var content = _contents[(uint)sha256.GetHashCode(StringComparison.Ordinal) % ContentLocks];
        await content.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            content.Release();
        }
    }

    private static Upload ReadKnown(SqliteDataReader reader) => Read(reader) with { IsDamaged = reader.GetBoolean(7) };

    private static Upload Read(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetIdOrNull(4), reader.GetTime(5), (UploadSharing)reader.GetInt32(6));
}
