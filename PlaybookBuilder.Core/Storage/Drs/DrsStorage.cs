using System.Text.Json;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Core.Storage.ReadOnly;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>The objects of a DRS server as blobs that can only be read: an object by its id, what is in a bundle by the names there.</summary>
internal sealed class DrsStorage : IStorage, IDisposable
{
    private const int LongestDocument = 16 * 1024 * 1024;

    private readonly DrsSettings _settings;
    private readonly HttpFiles _files;
    private readonly CompactIdentifiers _identifiers;

    public DrsStorage(DrsSettings settings)
    {
        _settings = settings;
        _files = new HttpFiles(settings.Retries);
        _identifiers = new CompactIdentifiers(settings.Resolver, (url, token) => ReadAsync(path: null, new HttpTarget(url, []), token), settings.Retries.Clock);
    }

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: false, Writable: false, Listable: false, SnapshotReads: false);

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is not var (_, found)) return null;

        return new BlobInfo(path, found.Size ?? throw new StorageException(StorageErrorKind.Failed, $"The DRS server does not say how long '{path}' is."), found.Time ?? DateTimeOffset.UnixEpoch);
    }

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is not var (url, found)) throw StorageException.NotFound(path);

        // Some servers of bytes answer a range that begins behind the end with anything.
        if (range is not null && found.Size is { } size) range.LengthWithin(path, size);
        var part = await OpenAsync(path, url, found, range, identity: null, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        if (range is null && found.Size is { } whole && whole != part.Length)
        {
            await part.Content.DisposeAsync().ConfigureAwait(false);
            throw new StorageException(StorageErrorKind.Failed, $"'{path}' has {part.Length} bytes, and not the {found.Size} that its DRS server says.");
        }

        var stream = new HttpReadStream(path, (rest, token) => ReopenAsync(path, found, part.Identity, rest, token), range?.Offset ?? 0, part.Length, _settings.Retries);
        stream.ReadFrom(part.Content, range?.Offset ?? 0);
        return stream;
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "DRS servers don't list their objects.");

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "A DRS server chooses itself how long its addresses of bytes live.");

    /// <summary>Nothing is begun here, so nothing is abandoned.</summary>
    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(0);
    }

    public void Dispose() => _files.Dispose();

    private static StorageException NoDocument(HttpTarget target, Exception error) => new(StorageErrorKind.Failed, $"'{target.Url.Host}' answers no object of DRS.", error);

    private DrsLookup LookupFor(StoragePath path) => new((url, token) => ReadAsync(path, new HttpTarget(url, _settings.Headers), token));

    private async Task<JsonDocument?> ReadAsync(StoragePath? path, HttpTarget target, CancellationToken cancellationToken)
    {
        var bytes = await _files.ReadAsync(path, target, LongestDocument, cancellationToken).ConfigureAwait(false);
        try
        {
            return bytes is null ? null : JsonDocument.Parse(bytes);
        }
        catch (JsonException error)
        {
            throw NoDocument(target, error);
        }
    }

    /// <summary>The object of a path, and its address on the server. Null for what is not there, and for bundles, which are folders.</summary>
    private async Task<(Uri Url, DrsObject Object)?> FindAsync(StoragePath path, CancellationToken cancellationToken)
    {
        var (lookup, names) = (LookupFor(path), new Queue<string>(_settings.Root is null ? path.Value.Split('/') : [.. _settings.Root.Value.Split('/'), .. path.Value.Split('/')]));
        var url = await BeginAsync(names, cancellationToken).ConfigureAwait(false);
        while (await lookup.FindAsync(url, names.Count > 0, cancellationToken).ConfigureAwait(false) is { } found)
        {
            if (names.Count == 0) return found is { Contents: not null, AccessMethods: [] } ? null : (url, found);
            if (Descend(found.Contents, names) is not { } id) return null;

            url = new Uri(url, $"./{Uri.EscapeDataString(id)}");
        }

        return null;
    }

    /// <summary>Follows names into the contents of a bundle as far as these are here.</summary>
    /// <returns>The id of what is to be asked for next; null when there is nothing of the name.</returns>
    private static string? Descend(IReadOnlyList<DrsContent>? contents, Queue<string> names)
    {
        DrsContent? content = null;
        for (; contents is not null && names.TryDequeue(out var name); contents = content.Contents)
        {
            content = contents.FirstOrDefault(item => item.Name == name);
            if (content is null) return null;
        }

        return content?.Id;
    }

    private async Task<Uri> BeginAsync(Queue<string> names, CancellationToken cancellationToken)
    {
        if (_settings.Bundle is { } bundle)
        {
            return await _identifiers.ResolveAsync(bundle, cancellationToken).ConfigureAwait(false)
                ?? throw new StorageException(StorageErrorKind.Failed, $"The resolver of compact identifiers knows no DRS server for '{bundle}'.");
        }

        var (scheme, host) = _settings.Server!.Value;
        return DrsLookup.ObjectUrl(scheme, host, names.Dequeue());
    }

    /// <summary>The bytes by the first way that gives them.</summary>
    private async Task<HttpPart?> OpenAsync(StoragePath path, Uri url, DrsObject found, ByteRange? range, HttpIdentity? identity, CancellationToken cancellationToken)
    {
        StorageException? failure = null;
        await foreach (var access in LookupFor(path).FindAccessAsync(url, found, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                if (await _files.GetAsync(path, TargetOf(url, access), range, identity, cancellationToken).ConfigureAwait(false) is { } part) return part;
            }
            catch (StorageException error) when (error.Kind is not StorageErrorKind.RangeNotSatisfiable)
            {
                failure = error;
            }
        }

        if (failure is not null) throw failure;

        return found.AccessMethods.Count > 0 ? null : throw new StorageException(StorageErrorKind.Failed, $"The DRS server gives the bytes of '{path}' in no way that is known here (https and http are).");
    }

    /// <summary>Asks the server anew, because its addresses of bytes may live for minutes only.</summary>
    private async Task<HttpPart?> ReopenAsync(StoragePath path, DrsObject first, HttpIdentity identity, ByteRange rest, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is not var (url, found) || !found.HasSameBytesAs(first)) return null;
        if (!identity.IsKnown && first.Checksums.Count == 0) return null;

        return await OpenAsync(path, url, found, rest, identity.IsKnown ? identity : null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>With our own headers only where the bytes are on the DRS server itself.</summary>
    private HttpTarget TargetOf(Uri url, DrsAccess access)
    {
        var own = new HttpTarget(url, _settings.Headers).To(access.Url).Headers.Where(ours => !access.Headers.Any(theirs => theirs.Key.Equals(ours.Key, StringComparison.OrdinalIgnoreCase)));
        return new HttpTarget(access.Url, [.. own, .. access.Headers]);
    }
}
