namespace PlaybookBuilder.Core.Files;

/// <summary>What all uploads together take in the storage.</summary>
/// <param name="Contents">How many different contents there are.</param>
/// <param name="Bytes">How many bytes these have.</param>
public sealed record StoredFiles(long Contents, long Bytes);
