namespace PlaybookBuilder.Core.Files;

/// <summary>Where the records of uploads are kept.</summary>
public interface IUploadStore
{
    Task AddAsync(Upload upload, CancellationToken cancellationToken);

    /// <summary>Reads a record; null when there is none.</summary>
    Task<Upload?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Counts what is stored; the same content counts once, however often it was uploaded.</summary>
    Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken);
}
