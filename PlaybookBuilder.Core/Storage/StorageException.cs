namespace PlaybookBuilder.Core.Storage;

/// <summary>The one exception of every store. Its message names blobs by their path in the store, never by a place on the host.</summary>
public sealed class StorageException(StorageErrorKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public StorageErrorKind Kind { get; } = kind;

    /// <summary>The same call may succeed later, with nothing changed by the caller.</summary>
    public bool IsRetryable => Kind == StorageErrorKind.Unavailable;

    public static StorageException NotFound(StoragePath path, Exception? innerException = null) =>
        new(StorageErrorKind.NotFound, $"There is no '{path}' in the storage.", innerException);
}
