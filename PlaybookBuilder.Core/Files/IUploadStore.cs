namespace PlaybookBuilder.Core.Files;

/// <summary>Where the records of uploads are kept.</summary>
public interface IUploadStore
{
    Task AddAsync(Upload upload, CancellationToken cancellationToken);

    /// <summary>Reads a record; null when there is none.</summary>
    Task<Upload?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads those of the named uploads that there are, with whether the value that names it was granted it.</summary>
    Task<IReadOnlyList<NamedUpload>> FindNamedAsync(IReadOnlyCollection<UploadGrant> named, CancellationToken cancellationToken);

    /// <summary>Reads a record for a process.</summary>
    Task<UploadForProcess> FindForProcessAsync(string id, Guid processId, CancellationToken cancellationToken);

    /// <summary>Counts what is stored; the same content counts once, however often it was uploaded.</summary>
    Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken);
}
