using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>The calls of a bucket, each with its time limit and its error mapped; those that begin with nothing left behind are tried again.</summary>
internal sealed class S3Bucket(S3Settings settings)
{
    private const string DefaultRegion = "us-east-1";

    // All below one name, so that looking for what was left needs no walk through the whole store. No path can have it.
    private const string TemporaryFolder = $"{StoragePath.ReservedPrefix}writes/";

    private readonly Lazy<AmazonS3Client> _client = new(() => Connect(settings));

    public string Name => settings.Bucket;

    public string Prefix { get; } = settings.Root is { } root ? $"{root}/" : "";

    public string TemporaryPrefix => Prefix + TemporaryFolder;

    public string Key(StoragePath path) => Prefix + path.Value;

    public string NewTemporaryKey() => TemporaryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The path of a key, or none for temporary ones and those that somebody else put there under names that are no paths, such as <c>folder/</c>.</summary>
    public bool TryGetPath(string key, [NotNullWhen(true)] out StoragePath? path)
    {
        path = null;
        return key.StartsWith(Prefix, StringComparison.Ordinal) && StoragePath.TryParse(key[Prefix.Length..], out path);
    }

    public Task<T> CallAsync<T>(StoragePath? path, Func<AmazonS3Client, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        settings.Retries.RunAsync(token => S3Errors.GuardAsync(path, () => call(_client.Value, token)), cancellationToken);

    /// <summary>Null when there is no such object.</summary>
    public Task<GetObjectMetadataResponse?> HeadAsync(StoragePath path, CancellationToken cancellationToken) => HeadAsync(path, Key(path), cancellationToken);

    public Task<GetObjectMetadataResponse?> HeadAsync(StoragePath? path, string key, CancellationToken cancellationToken) => CallAsync(path, async (client, token) =>
    {
        try
        {
            return await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Name, Key = key }, token).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (S3Errors.IsMissing(error))
        {
            return null;
        }
    }, cancellationToken);

    /// <summary>The bytes from <paramref name="first"/> to <paramref name="last"/>, or the whole object without them; null when there is no such object, or not this one.</summary>
    public Task<GetObjectResponse?> GetAsync(StoragePath path, long? first, long? last, S3ObjectIdentity? identity, CancellationToken cancellationToken) => CallAsync(path, async (client, token) =>
    {
        var request = new GetObjectRequest { BucketName = Name, Key = Key(path), VersionId = identity?.VersionId, EtagToMatch = identity?.ETag };
        if (first is not null)
            request.ByteRange = new Amazon.S3.Model.ByteRange($"bytes={first}-{last}");

        try
        {
            return await client.GetObjectAsync(request, token).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (S3Errors.IsMissing(error) || S3Errors.IsPreconditionFailed(error))
        {
            return null;
        }
    }, cancellationToken);

    public Task<PutObjectResponse> PutAsync(StoragePath path, PartBuffer bytes, CancellationToken cancellationToken) => CallAsync(path, (client, token) => client.PutObjectAsync(new PutObjectRequest
    {
        BucketName = Name,
        Key = Key(path),
        InputStream = bytes.Open(),
        MD5Digest = bytes.Digest(),
        UseChunkEncoding = false,
        DisablePayloadSigning = IsPayloadUnsigned,
    }, token), cancellationToken);

    public Task<UploadPartResponse> PutPartAsync(StoragePath? path, string key, string uploadId, int number, PartBuffer bytes, CancellationToken cancellationToken) => CallAsync(path, (client, token) => client.UploadPartAsync(new UploadPartRequest
    {
        BucketName = Name,
        Key = key,
        UploadId = uploadId,
        PartNumber = number,
        PartSize = bytes.Length,
        InputStream = bytes.Open(),
        MD5Digest = bytes.Digest(),
        UseChunkEncoding = false,
        DisablePayloadSigning = IsPayloadUnsigned,
    }, token), cancellationToken);

    public Task DeleteAsync(StoragePath? path, string key, CancellationToken cancellationToken) => CallAsync(path, (client, token) => client.DeleteObjectAsync(Name, key, token), cancellationToken);

    public Task<CopyPartResponse> CopyPartAsync(CopyPartRequest request, CancellationToken cancellationToken) => CallAsync(path: null, (client, token) => client.CopyPartAsync(request, token), cancellationToken);

    public async IAsyncEnumerable<S3Object> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = prefix };
        do
        {
            var page = await CallAsync(path: null, (client, token) => client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>Uploads in parts that were neither completed nor aborted.</summary>
    public async IAsyncEnumerable<MultipartUpload> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = Name, Prefix = Prefix };
        bool isMore;
        do
        {
            var page = await CallAsync(path: null, (client, token) => client.ListMultipartUploadsAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var upload in page.MultipartUploads ?? [])
                yield return upload;

            isMore = page.IsTruncated == true;
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (isMore);
    }

    /// <summary>When an upload got its last part, or was begun.</summary>
    public Task<DateTime> LastTouchedAsync(MultipartUpload upload, CancellationToken cancellationToken) => CallAsync(path: null, async (client, token) =>
    {
        var last = upload.Initiated;
        var request = new ListPartsRequest { BucketName = Name, Key = upload.Key, UploadId = upload.UploadId };
        try
        {
            ListPartsResponse page;
            do
            {
                page = await client.ListPartsAsync(request, token).ConfigureAwait(false);
                last = (page.Parts ?? []).Select(static part => part.LastModified).Append(last).Max();
                request.PartNumberMarker = page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture);
            }
            while (page.IsTruncated == true);
        }
        catch (AmazonS3Exception error) when (S3Errors.IsMissing(error))
        {
            // Completed or aborted since it was listed.
            return DateTime.MaxValue;
        }

        return (last ?? DateTime.UnixEpoch).ToUniversalTime();
    }, cancellationToken);

    public Task AbortUploadAsync(string key, string uploadId, CancellationToken cancellationToken) => CallAsync(path: null, async (client, token) =>
    {
        try
        {
            await client.AbortMultipartUploadAsync(Name, key, uploadId, token).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (S3Errors.IsMissing(error))
        {
            // Completed or aborted already.
        }

        return true;
    }, cancellationToken);

    /// <summary>Made here, without asking the store.</summary>
    public Task<string> SignAsync(StoragePath path, TimeSpan lifetime) => S3Errors.GuardAsync(path, () => _client.Value.GetPreSignedURLAsync(new GetPreSignedUrlRequest
    {
        BucketName = Name,
        Key = Key(path),
        Verb = HttpVerb.GET,
        Expires = settings.Retries.Clock.GetUtcNow().UtcDateTime + lifetime,
        Protocol = settings.Endpoint?.Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS,
    }));

    /// <summary>Every part carries its MD5, which every store checks. Where the connection is encrypted too, a second digest in the signature would only cost time.</summary>
    private bool IsPayloadUnsigned => settings.Endpoint?.Scheme != Uri.UriSchemeHttp;

    private static AmazonS3Client Connect(S3Settings settings)
    {
        var region = settings.Region ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") ?? DefaultRegion;
        var config = new AmazonS3Config
        {
            ForcePathStyle = settings.IsPathStyle,
            // Stores other than AWS refuse the checksums that the client would add by itself.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            // Both are CallRetries's.
            MaxErrorRetry = 0,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (settings.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint.ToString(), region);
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);

        return settings.Credentials is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }
}
