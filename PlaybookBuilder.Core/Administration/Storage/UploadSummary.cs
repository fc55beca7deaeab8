using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Administration.Storage;

/// <summary>An upload, as administrators see it.</summary>
/// <param name="UserId">Whose; null for a file that a process made.</param>
internal sealed record UploadSummary(string Id, string Filename, string Sha256, long Size, Guid? UserId, string? UserName, DateTimeOffset Created);

/// <summary>What all uploads of somebody take.</summary>
/// <param name="UserId">Null for files that processes made.</param>
internal sealed record StorageOfUser(Guid? UserId, string? UserName, int Uploads, long Bytes);

/// <summary>What uploads take.</summary>
/// <param name="Stored">Each content once, as it is in the storage.</param>
/// <param name="Largest">The largest, one for each record.</param>
/// <param name="Users">Whose are the most bytes.</param>
internal sealed record StorageUse(StoredFiles Stored, IReadOnlyList<UploadSummary> Largest, IReadOnlyList<StorageOfUser> Users, DateTimeOffset Measured);
