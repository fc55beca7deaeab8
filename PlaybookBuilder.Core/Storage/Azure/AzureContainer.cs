using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>The calls of a container, each with its time limit, its error mapped, and tried again.</summary>
internal sealed class AzureContainer(AzureSettings settings)
{
    // All below one name, so that looking for what was left needs no walk through the whole store. No path can have it.
    private const string TemporaryFolder = $"{StoragePath.ReservedPrefix}writes/";

    private static readonly UploadTransferValidationOptions Checked = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    private readonly Lazy<BlobContainerClient> _client = new(() => Connect(settings));

    public string Prefix { get; } = settings.Root is { } root ? $"{root}/" : "";

    public string TemporaryPrefix => Prefix + TemporaryFolder;

    public bool CanSign => settings.Key is not null;

    public string Key(StoragePath path) => Prefix + path.Value;

    public string NewTemporaryKey() => TemporaryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The path of a blob's name, or none for temporary ones and those that somebody else put there under names that are no paths.</summary>
    public bool TryGetPath(string key, [NotNullWhen(true)] out StoragePath? path)
    {
        path = null;
        return key.StartsWith(Prefix, StringComparison.Ordinal) && StoragePath.TryParse(key[Prefix.Length..], out path);
    }

    /// <summary>Null when there is no such blob.</summary>
    public Task<BlobProperties?> HeadAsync(StoragePath? path, string key, CancellationToken cancellationToken) => CallAsync(path, async (client, token) =>
    {
        try
        {
            return (await client.GetBlockBlobClient(key).GetPropertiesAsync(cancellationToken: token).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException error) when (AzureErrors.IsMissing(error))
        {
            return null;
        }
    }, cancellationToken);

    /// <summary>The bytes of a part; null when there is no such blob, or not the one with this tag.</summary>
    public Task<BlobDownloadStreamingResult?> GetAsync(StoragePath path, HttpRange range, ETag? tag, CancellationToken cancellationToken) => CallAsync(path, async (client, token) =>
    {
        try
        {
            var options = new BlobDownloadOptions { Range = range, Conditions = tag is null ? null : new BlobRequestConditions { IfMatch = tag } };
            return (await client.GetBlockBlobClient(Key(path)).DownloadStreamingAsync(options, token).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException error) when (AzureErrors.IsMissing(error) || AzureErrors.IsPreconditionFailed(error))
        {
            return null;
        }
    }, cancellationToken);

    public Task<BlobContentInfo> PutAsync(StoragePath? path, string key, PartBuffer bytes, CancellationToken cancellationToken) => CallAsync(path, async (client, token) =>
    {
        var options = new BlobUploadOptions
        {
            TransferValidation = Checked,
            TransferOptions = new StorageTransferOptions { InitialTransferSize = settings.BlockSize, MaximumTransferSize = settings.BlockSize },
        };
        return (await client.GetBlockBlobClient(key).UploadAsync(bytes.Open(), options, token).ConfigureAwait(false)).Value;
    }, cancellationToken);

    public Task PutBlockAsync(StoragePath? path, string key, string id, PartBuffer bytes, CancellationToken cancellationToken) => CallAsync(path, (client, token) =>
        client.GetBlockBlobClient(key).StageBlockAsync(id, bytes.Open(), new BlockBlobStageBlockOptions { TransferValidation = Checked }, token), cancellationToken);

    public Task PutBlockListAsync(StoragePath? path, string key, IReadOnlyList<string> ids, CancellationToken cancellationToken) => CallAsync(path, (client, token) =>
        client.GetBlockBlobClient(key).CommitBlockListAsync(ids, cancellationToken: token), cancellationToken);

    /// <summary>Copies on the server. Null when there is no source.</summary>
    public Task<BlobProperties?> CopyAsync(StoragePath path, string sourceKey, string destinationKey, long size, CancellationToken cancellationToken) => CallAsync(path, async (client, token) =>
    {
        var (source, destination) = (client.GetBlockBlobClient(sourceKey), client.GetBlockBlobClient(destinationKey));
        try
        {
            if (size <= settings.LargestCopyInOneCall)
                await destination.SyncCopyFromUriAsync(Readable(source), cancellationToken: token).ConfigureAwait(false);
            else
                await (await destination.StartCopyFromUriAsync(source.Uri, cancellationToken: token).ConfigureAwait(false)).WaitForCompletionAsync(token).ConfigureAwait(false);

            return (await destination.GetPropertiesAsync(cancellationToken: token).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException error) when (AzureErrors.IsMissing(error))
        {
            return null;
        }
    }, cancellationToken);

    public Task DeleteAsync(StoragePath? path, string key, CancellationToken cancellationToken) => CallAsync(path, (client, token) =>
        client.GetBlockBlobClient(key).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: token), cancellationToken);

    /// <summary>Removes a temporary blob, whether its blocks were committed or not: those that were not can only be replaced.</summary>
    public async Task DropAsync(string key, CancellationToken cancellationToken)
    {
        using var nothing = new PartBuffer(1);
        await PutAsync(path: null, key, nothing, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(path: null, key, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<BlobItem> ListAsync(string prefix, BlobStates states, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await PageAsync(prefix, states, next, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Values)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>Made here, without asking the store.</summary>
    public Uri Sign(StoragePath path, TimeSpan lifetime) => _client.Value.GetBlockBlobClient(Key(path)).GenerateSasUri(BlobSasPermissions.Read, settings.Retries.Clock.GetUtcNow() + lifetime);

    /// <summary>The server fetches it as anybody would, even from itself.</summary>
    private Uri Readable(BlockBlobClient source) => settings switch
    {
        { Key: not null } => source.GenerateSasUri(BlobSasPermissions.Read, settings.Retries.Clock.GetUtcNow().AddHours(1)),
        { Signature: { } signature } => new UriBuilder(source.Uri) { Query = signature.Signature }.Uri,
        _ => source.Uri,
    };

    private static BlobContainerClient Connect(AzureSettings settings)
    {
        var address = new UriBuilder(settings.Endpoint) { Path = $"{settings.Endpoint.AbsolutePath.TrimEnd('/')}/{settings.Container}" }.Uri;
        // Tries and limits are CallRetries'.
        var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan } };
        return settings switch
        {
            { Key: { } key } => new BlobContainerClient(address, key, options),
            { Signature: { } signature } => new BlobContainerClient(address, signature, options),
            _ => new BlobContainerClient(address, options),
        };
    }

    private Task<T> CallAsync<T>(StoragePath? path, Func<BlobContainerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        settings.Retries.RunAsync(token => AzureErrors.GuardAsync(path, () => call(_client.Value, token)), cancellationToken);

    private Task<Page<BlobItem>> PageAsync(string prefix, BlobStates states, string? next, CancellationToken cancellationToken) => CallAsync(path: null, async (client, token) =>
    {
        var pages = client.GetBlobsAsync(BlobTraits.None, states, prefix, token).AsPages(next).GetAsyncEnumerator(token);
        await using (pages.ConfigureAwait(false))
            return await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : Page<BlobItem>.FromValues([], null, null!);
    }, cancellationToken);
}
