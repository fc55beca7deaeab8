namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>How far a file is.</summary>
/// <param name="Received">Bytes.</param>
/// <param name="Total">Bytes of the whole; null where the server does not say.</param>
public sealed record FetchProgress(long Received, long? Total);
