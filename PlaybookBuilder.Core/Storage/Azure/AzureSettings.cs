using Azure;
using Azure.Storage;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>Which container, and how to reach it.</summary>
internal sealed record AzureSettings
{
    public required string Container { get; init; }

    /// <summary>The part of the container that is this storage; null is all of it.</summary>
    public StoragePath? Root { get; init; }

    /// <summary>The address of the account's blobs, such as <c>https://account.blob.core.windows.net</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name and key of the account; with neither this nor <see cref="Signature"/> the container is read as anybody may.</summary>
    public StorageSharedKeyCredential? Key { get; init; }

    /// <summary>A shared access signature.</summary>
    public AzureSasCredential? Signature { get; init; }

    /// <summary>A blob has at most 50,000 blocks, so that the largest has 781 GiB.</summary>
    public int BlockSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>What Azure copies in one call that answers when it is done; above it, the copy is begun and waited for.</summary>
    public long LargestCopyInOneCall { get; init; } = 256L * 1024 * 1024;

    public CallRetries Retries { get; init; } = CallRetries.Default;
}
