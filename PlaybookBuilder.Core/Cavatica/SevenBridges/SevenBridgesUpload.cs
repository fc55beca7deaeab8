namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>An upload in parts that is neither completed nor aborted.</summary>
/// <param name="PartSize">What every part but the last has, as the platform decided.</param>
/// <param name="Initiated">When it was begun.</param>
public sealed record SevenBridgesUpload(string UploadId, long PartSize = 0, string? Project = null, string? Parent = null, string? Name = null, DateTimeOffset? Initiated = null)
{
    public const int MostParts = 10_000;
}
