using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>
/// Makes an upload of resumable uploads whose bytes are all there: their parts go through the ingest as any other file does. Whoever asks for one begins it, and where nobody does <see cref="UnfinishedUploads"/>, so a program that
/// dies leaves no more to do than to begin again; and however many programs do it at once, it becomes one upload.
/// </summary>
internal sealed partial class UploadCompletion(
    FileIngest ingest, IUploadStore uploads, DeletedUploads deleted, ResumableUploadStore store, UploadParts parts, UploadQuota quota, IOptions<UploadOptions> limits, TimeProvider time, ILogger<UploadCompletion> logger)
{
    // Shorter than proxies wait for an answer, as a rule.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Lazy<Task>> _running = new(StringComparer.Ordinal);

    /// <summary>Completes an upload, or waits for whoever is at it, for some seconds; it goes on without those who wait.</summary>
    /// <returns>Whether it is done.</returns>
    /// <exception cref="UploadRefusedException">The user has no room for it, or it is larger than is allowed by now.</exception>
    /// <exception cref="StorageException">The storage failed.</exception>
    public async Task<bool> TryCompleteAsync(ResumableUploadRow row, CancellationToken cancellationToken)
    {
        var running = Begin(row);
        try
        {
            await running.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            return false;
        }
    }

    /// <summary>Completes an upload, or waits for whoever in this program is at it, however long it takes.</summary>
    /// <exception cref="UploadRefusedException">The user has no room for it, or it is larger than is allowed by now.</exception>
    /// <exception cref="StorageException">The storage failed.</exception>
    public Task CompleteAsync(ResumableUploadRow row, CancellationToken cancellationToken) => Begin(row).WaitAsync(cancellationToken);

    private Task Begin(ResumableUploadRow row) => _running.GetOrAdd(row.Id, id => new Lazy<Task>(() => Task.Run(() => CompleteAsync(row), CancellationToken.None))).Value;

    private async Task CompleteAsync(ResumableUploadRow row)
    {
        try
        {
            // Its own bytes are counted already.
            await quota.RequireRoomAsync(row.UserId, 0, CancellationToken.None).ConfigureAwait(false);
            var stream = await parts.OpenAsync(row.Id, row.Size, CancellationToken.None).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false)) await IngestAsync(row, stream).ConfigureAwait(false);
            await RemovePartsAsync(row).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(row.Id, out _);
        }
    }

    private async Task IngestAsync(ResumableUploadRow row, Stream stream)
    {
        Upload? upload = null;
        var isOurs = false;
        try
        {
            if (await ingest.IngestAsync(stream, KeepAsync, CancellationToken.None).ConfigureAwait(false) is IngestOutcome.TooLarge) throw UploadRefusedException.TooLarge(limits.Value.MaxBytes);
        }
        catch when (isOurs)
        {
            // The record must not stay where the bytes may be missing; the parts are still there.
            await store.TakeBackAsync(row.Id, upload!, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        // Another was faster, or it was given up meanwhile: then the bytes may be nobody's.
        if (!isOurs) await deleted.FreeAsync(new DeletedUpload(upload!.Id, upload.Sha256), CancellationToken.None).ConfigureAwait(false);

        async Task KeepAsync(IngestOutcome.Stored stored)
        {
            upload = new Upload(DrsUri.NewId(), stored.Sha256, stored.Size, row.Filename, row.UserId, time.GetUtcNow());
            // An answer can get lost, and the second try then finds what the first did.
            isOurs = await uploads.AddFinishedAsync(upload, row.Id, CancellationToken.None).ConfigureAwait(false)
                || (await store.FindAsync(row.Id, CancellationToken.None).ConfigureAwait(false))?.UploadId == upload.Id;
        }
    }

    private async Task RemovePartsAsync(ResumableUploadRow row)
    {
        try
        {
            await parts.RemoveAllAsync(row.Id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException exception)
        {
            // It is finished all the same, and they go with its record.
            LogLeft(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The parts of a finished upload could not be removed; they are within a day")]
    private partial void LogLeft(Exception exception);
}
