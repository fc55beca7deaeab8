namespace PlaybookBuilder.Core.Files;

/// <summary>Limits of uploads.</summary>
public sealed class UploadOptions
{
    public const string Variable = "UPLOAD_MAX_BYTES";

    public const long DefaultMaxBytes = 20L * 1024 * 1024 * 1024;

    /// <summary>The size of the largest file taken, in bytes.</summary>
    public long MaxBytes { get; set; } = DefaultMaxBytes;
}
