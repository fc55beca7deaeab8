using Google.Apis.Auth.OAuth2;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>Which bucket, and how to reach it.</summary>
internal sealed record GcsSettings
{
    public static readonly Uri DefaultEndpoint = new("https://storage.googleapis.com");

    /// <summary>What the protocol of resumable uploads takes: all chunks but the last are multiples of it.</summary>
    public const int ChunkUnit = 256 * 1024;

    public required string Bucket { get; init; }

    /// <summary>The part of the bucket that is this storage; null is all of it.</summary>
    public StoragePath? Root { get; init; }

    public Uri Endpoint { get; init; } = DefaultEndpoint;

    /// <summary>The bucket is read as anybody may.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>A service account with its key; with neither this nor <see cref="IsAnonymous"/> what the surroundings offer is taken.</summary>
    public ServiceAccountCredential? Account { get; init; }

    /// <summary>A multiple of <see cref="ChunkUnit"/>.</summary>
    public int ChunkSize { get; init; } = 16 * 1024 * 1024;

    public CallRetries Retries { get; init; } = CallRetries.Default;
}
