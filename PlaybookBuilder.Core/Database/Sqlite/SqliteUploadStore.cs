using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>Records of uploads in the embedded database.</summary>
internal sealed class SqliteUploadStore(SqliteDatabase database) : IUploadStore
{
    private const string Insert = "INSERT INTO upload (id, sha256, size, filename, user_id, created) VALUES (@id, @sha256, @size, @filename, @user, @created)";
    private const string Measure = "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM (SELECT MAX(size) AS size FROM upload GROUP BY sha256)";
    private const string Select = "SELECT id, sha256, size, filename, user_id, created FROM upload WHERE id = @id";

    public Task AddAsync(Upload upload, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                Insert,
                ("@id", upload.Id),
                ("@sha256", upload.Sha256),
                ("@size", upload.Size),
                ("@filename", upload.Filename),
                ("@user", upload.UserId),
                ("@created", upload.Created.ToMilliseconds())),
            cancellationToken);

    public Task<Upload?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(database.Read(session => session
        .Query(Select, static reader => new Upload(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetIdOrNull(4), reader.GetTime(5)), ("@id", id))
        .SingleOrDefault()));

    public Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.Query(Measure, static reader => new StoredFiles(reader.GetInt64(0), reader.GetInt64(1))).Single()));
}
