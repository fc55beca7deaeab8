namespace PlaybookBuilder.Core.Storage;

/// <summary>A committed blob.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="ModifiedAt">When it was written, UTC.</param>
public sealed record BlobInfo(StoragePath Path, long Size, DateTimeOffset ModifiedAt);
