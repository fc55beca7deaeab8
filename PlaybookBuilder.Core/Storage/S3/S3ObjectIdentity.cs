namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>What tells an object from a later one of the same key.</summary>
/// <param name="ETag">Quoted, as HTTP has it.</param>
/// <param name="VersionId">Null in a bucket without versions.</param>
internal sealed record S3ObjectIdentity(string ETag, string? VersionId);
