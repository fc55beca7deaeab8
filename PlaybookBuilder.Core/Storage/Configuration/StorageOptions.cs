namespace PlaybookBuilder.Core.Storage.Configuration;

/// <summary>Where the files are.</summary>
internal sealed class StorageOptions
{
    public const string Variable = "UFS_STORAGE";

    /// <summary>As given in <see cref="Variable"/>; see <see cref="StorageLocation"/>.</summary>
    public string? Location { get; set; }
}
