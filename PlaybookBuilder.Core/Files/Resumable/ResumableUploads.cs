using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>
/// Uploads that come in parts and survive the death of whoever sends and whoever receives them: each part is kept in the storage before the record says so, and any program goes on where another ended.
/// </summary>
public sealed class ResumableUploads
{
    /// <summary>How long an upload is kept after the last of it came.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int MostListed = 100;

    private readonly ResumableUploadStore _store;
    private readonly UploadParts _parts;
    private readonly UploadCompletion _completion;
    private readonly IUploadStore _uploads;
    private readonly UploadQuota _quota;
    private readonly IOptions<UploadOptions> _limits;
    private readonly IOptions<FileAddressOptions> _address;
    private readonly TimeProvider _time;

    internal ResumableUploads(ResumableUploadStore store, UploadParts parts, UploadCompletion completion, IUploadStore uploads, UploadQuota quota, IOptions<UploadOptions> limits, IOptions<FileAddressOptions> address, TimeProvider time) =>
        (_store, _parts, _completion, _uploads, _quota, _limits, _address, _time) = (store, parts, completion, uploads, quota, limits, address, time);

    /// <summary>The size of the largest file taken, in bytes.</summary>
    public long MaxBytes => _limits.Value.MaxBytes;

    /// <summary>Begins an upload; one of no bytes is complete at once.</summary>
    /// <param name="filename">As the sender names it; only its last part is kept.</param>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="UploadRefusedException">It is too large, or the user has no room for it.</exception>
    public async Task<ResumableUpload> CreateAsync(Actor actor, string filename, long size, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Upload);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size > MaxBytes) throw UploadRefusedException.TooLarge(MaxBytes);
        await _quota.RequireRoomAsync(user, size, cancellationToken).ConfigureAwait(false);
        var now = Now();
        var row = new ResumableUploadRow { Id = DrsUri.NewId(), UserId = user, Filename = FileUploads.CleanName(filename), Size = size, Received = 0, Created = now, Expires = now + Lifetime };
        await _store.AddAsync(row, cancellationToken).ConfigureAwait(false);
        return size == 0 ? await FinishAsync(row, cancellationToken).ConfigureAwait(false) : Describe(row, null);
    }

    /// <summary>Tells how far an upload is, and completes it when all of it is there.</summary>
    /// <returns>The upload; null when it expired, or what it became was deleted.</returns>
    /// <exception cref="AccessException">There is no such upload of the actor, or nobody is signed in.</exception>
    /// <exception cref="UploadRefusedException">It is complete, and the user has no room for it.</exception>
    /// <exception cref="StorageException">It is complete, and the storage failed.</exception>
    public async Task<ResumableUpload?> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var row = await RequireAsync(actor, id, AccessScopes.Upload, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A user's uploads that are not finished, newest first.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public async Task<IReadOnlyList<ResumableUpload>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        [.. (await _store.ListUnfinishedAsync(actor.RequireUser(AccessScopes.Read), Now(), MostListed, cancellationToken).ConfigureAwait(false)).Select(static row => Describe(row, null))];

    /// <summary>Takes bytes. What came is kept also where the sender breaks off, unless a checksum was announced: then it is all or nothing.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <returns>What became of them; null when the upload expired, or what it became was deleted.</returns>
    /// <exception cref="AccessException">There is no such upload of the actor, or nobody is signed in.</exception>
    /// <exception cref="UploadRefusedException">The user has no room for it.</exception>
    /// <exception cref="StorageException">The storage failed. What <paramref name="body"/> throws when it breaks off passes as it is.</exception>
    public async Task<AppendOutcome?> AppendAsync(Actor actor, string id, long offset, Stream body, UploadChecksum? checksum, CancellationToken cancellationToken)
    {
        var row = await RequireAsync(actor, id, AccessScopes.Upload, cancellationToken).ConfigureAwait(false);
        if (row.UploadId is null && row.Expires <= Now()) return null;
        if (offset != row.Received) return new AppendOutcome.Elsewhere(row.Received);

        if (!Describe(row, null).IsComplete)
        {
            await _quota.RequireRoomAsync(row.UserId, row.Size - row.Received, cancellationToken).ConfigureAwait(false);
            if (await ReceiveAsync(row, body, checksum, cancellationToken).ConfigureAwait(false) is { } refused) return refused;

            row = await RequireAsync(actor, id, AccessScopes.Upload, cancellationToken).ConfigureAwait(false);
        }

        return await ReadAsync(row, cancellationToken).ConfigureAwait(false) is { } upload ? new AppendOutcome.Kept(upload) : null;
    }

    /// <summary>Gives an upload up. What became a file stays one.</summary>
    /// <exception cref="AccessException">There is no such upload of the actor, or nobody is signed in.</exception>
    public async Task DeleteAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var row = await RequireAsync(actor, id, AccessScopes.Upload, cancellationToken).ConfigureAwait(false);
        if (!await _store.DeleteAsync(id, row.UserId, cancellationToken).ConfigureAwait(false)) throw NotFound();

        await _parts.RemoveAllAsync(id, CancellationToken.None).ConfigureAwait(false);
    }

    /// <returns>What is wrong with the bytes; null when they are kept.</returns>
    private Task<AppendOutcome?> ReceiveAsync(ResumableUploadRow row, Stream body, UploadChecksum? checksum, CancellationToken cancellationToken) =>
        checksum is null ? ReceiveAsync(row, new IncomingBytes(body, null), cancellationToken) : ReceiveCheckedAsync(row, body, checksum, cancellationToken);

    // Each part counts as soon as it is kept.
    private async Task<AppendOutcome?> ReceiveAsync(ResumableUploadRow row, IncomingBytes bytes, CancellationToken cancellationToken)
    {
        var offset = row.Received;
        while (!bytes.IsAtEnd)
        {
            var part = await _parts.WriteAsync(row.Id, offset, bytes, row.Size - offset, cancellationToken).ConfigureAwait(false);
            if (part is null) return bytes.IsAtEnd ? null : new AppendOutcome.TooMany(row.Size - offset);
            if (!await AdvanceAsync(row, offset, offset + part.Size, [part]).ConfigureAwait(false)) return await FindPlaceAsync(row).ConfigureAwait(false);

            offset += part.Size;
        }

        // Who is cut off after the last byte has sent a file.
        return bytes.Break is null || offset == row.Size ? null : throw bytes.Break;
    }

    // All of them count at the end, or none.
    private async Task<AppendOutcome?> ReceiveCheckedAsync(ResumableUploadRow row, Stream body, UploadChecksum checksum, CancellationToken cancellationToken)
    {
        using var hash = checksum.Begin();
        var bytes = new IncomingBytes(body, hash);
        var parts = new List<BlobInfo>();
        var offset = row.Received;
        while (!bytes.IsAtEnd && await _parts.WriteAsync(row.Id, offset, bytes, row.Size - offset, cancellationToken).ConfigureAwait(false) is { } part)
        {
            parts.Add(part);
            offset += part.Size;
        }

        var isRight = bytes is { IsAtEnd: true, Break: null } && checksum.IsOf(hash);
        if (isRight) return await AdvanceAsync(row, row.Received, offset, parts).ConfigureAwait(false) ? null : await FindPlaceAsync(row).ConfigureAwait(false);

        await RemoveAsync(parts).ConfigureAwait(false);
        if (bytes.Break is not null) throw bytes.Break;
        return bytes.IsAtEnd ? new AppendOutcome.Corrupt() : new AppendOutcome.TooMany(row.Size - row.Received);
    }

    private async Task<bool> AdvanceAsync(ResumableUploadRow row, long from, long to, IReadOnlyList<BlobInfo> parts)
    {
        if (from == to || await _store.AdvanceAsync(row.Id, from, to, Now() + Lifetime, CancellationToken.None).ConfigureAwait(false)) return true;

        await RemoveAsync(parts).ConfigureAwait(false);
        return false;
    }

    private async Task RemoveAsync(IReadOnlyList<BlobInfo> parts)
    {
        foreach (var part in parts) await _parts.RemoveAsync(part.Path).ConfigureAwait(false);
    }

    private async Task<AppendOutcome> FindPlaceAsync(ResumableUploadRow row) =>
        new AppendOutcome.Elsewhere((await _store.FindAsync(row.Id, CancellationToken.None).ConfigureAwait(false) ?? throw NotFound()).Received);

    private async Task<ResumableUploadRow> RequireAsync(Actor actor, string id, AccessScopes scope, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(scope);
        // Postgres takes no text with the character NUL.
        return !id.Contains('\0', StringComparison.Ordinal) && await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } row && row.UserId == user ? row : throw NotFound();
    }

    private async Task<ResumableUpload?> ReadAsync(ResumableUploadRow row, CancellationToken cancellationToken)
    {
        if (row.UploadId is { } uploadId) return await _uploads.FindAsync(uploadId, cancellationToken).ConfigureAwait(false) is { } upload ? Describe(row, upload.ToFile(_address.Value.Host)) : null;
        if (row.Expires <= Now()) return null;

        return row.Received < row.Size ? Describe(row, null) : await FinishAsync(row, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ResumableUpload> FinishAsync(ResumableUploadRow row, CancellationToken cancellationToken)
    {
        if (!await _completion.TryCompleteAsync(row, cancellationToken).ConfigureAwait(false)) return Describe(row, null);

        var finished = await _store.FindAsync(row.Id, cancellationToken).ConfigureAwait(false) ?? throw NotFound();
        return finished.UploadId is { } id && await _uploads.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } upload ? Describe(finished, upload.ToFile(_address.Value.Host)) : Describe(finished, null);
    }

    private static ResumableUpload Describe(ResumableUploadRow row, Components.Files.FileUrl? file) => new(row.Id, row.Filename, row.Size, row.Received, row.Expires, file);

    // As exact as both databases keep it.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private static AccessException NotFound() => AccessException.NotFound("There is no such upload of yours, or not any more. Begin it anew.");
}
