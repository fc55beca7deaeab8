namespace PlaybookBuilder.Core.Files;

/// <summary>Limits of uploads.</summary>
public sealed class UploadOptions
{
    public const string Variable = "UPLOAD_MAX_BYTES";

    public const string QuotaVariable = "UPLOAD_QUOTA_BYTES";

    public const long DefaultMaxBytes = 20L * 1024 * 1024 * 1024;

    /// <summary>The size of the largest file taken, in bytes.</summary>
    public long MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>What all uploads of one user may take, in bytes; null without a limit.</summary>
    public long? QuotaBytes { get; set; }
}
