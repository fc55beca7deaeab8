using Amazon.Runtime;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>Which bucket, and how to reach it.</summary>
internal sealed record S3Settings
{
    /// <summary>Parts of one size throughout: some stores (R2) take no others. 10,000 of them, which is all that S3 takes, are 156 GiB.</summary>
    public const int DefaultPartSize = 16 * 1024 * 1024;

    public required string Bucket { get; init; }

    /// <summary>The part of the bucket that is this storage; null is all of it.</summary>
    public StoragePath? Root { get; init; }

    /// <summary>Null is AWS.</summary>
    public Uri? Endpoint { get; init; }

    public string? Region { get; init; }

    /// <summary>The bucket in the path instead of the host's name, as most stores that are not AWS have it.</summary>
    public bool IsPathStyle { get; init; }

    /// <summary>Null takes what the surroundings offer: the <c>AWS_</c> variables, a profile, or the role of the machine.</summary>
    public AWSCredentials? Credentials { get; init; }

    public int PartSize { get; init; } = DefaultPartSize;

    /// <summary>Above this, a copy on the server goes in parts of this size. S3 copies up to 5 GB in one call; smaller parts run beside each other and each answers in time.</summary>
    public long CopyPartSize { get; init; } = 1024L * 1024 * 1024;

    public CallRetries Retries { get; init; } = CallRetries.Default;
}
