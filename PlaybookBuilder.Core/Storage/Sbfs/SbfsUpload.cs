using PlaybookBuilder.Core.Cavatica.SevenBridges;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>Sends a spool, several parts at a time; a part takes no more of the memory than a network buffer, because it is read from the spool as it goes.</summary>
internal sealed class SbfsUpload(SevenBridgesClient client, SbfsSettings settings, SemaphoreSlim slots, SbfsSpool spool, StoragePath destination)
{
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(30);

    /// <param name="existing">What has the name before.</param>
    /// <returns>The new file; null when nobody can tell any more what became of it, and it must be sent again.</returns>
    public async Task<SevenBridgesFile?> RunAsync(SevenBridgesPlace place, SevenBridgesFile? existing, CancellationToken cancellationToken)
    {
        var upload = await client.Uploads.BeginAsync(place, destination.Name, spool.Length, PreferredPartSize(), isOverwriting: true, cancellationToken).ConfigureAwait(false);
        try
        {
            await SendPartsAsync(upload, cancellationToken).ConfigureAwait(false);
            return await client.Uploads.CompleteAsync(upload, cancellationToken).ConfigureAwait(false);
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.NotFound)
        {
            // The folder is gone, or an earlier try to complete it was carried out and its answer lost.
            await AbortAsync(upload).ConfigureAwait(false);
            return await client.Files.FindAsync(place, destination.Name, cancellationToken).ConfigureAwait(false) is { IsFolder: false } now && now.Id != existing?.Id ? Ours(now) : null;
        }
        catch
        {
            await AbortAsync(upload).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Where another writer has replaced it already, ours was there before.</summary>
    private SevenBridgesFile Ours(SevenBridgesFile now) => now.Size == spool.Length ? now : now with { Size = spool.Length, CreatedOn = settings.Retries.Clock.GetUtcNow() };

    /// <summary>Such that there are not more parts than the platform takes.</summary>
    private long PreferredPartSize() => Math.Max(settings.PartSize, (spool.Length + SevenBridgesUpload.MostParts - 1) / SevenBridgesUpload.MostParts);

    private async Task SendPartsAsync(SevenBridgesUpload upload, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = new List<Task>();
        try
        {
            // An empty file is one empty part.
            for (var (number, offset) = (1, 0L); number == 1 || offset < spool.Length; number++, offset += upload.PartSize)
            {
                await slots.WaitAsync(stop.Token).ConfigureAwait(false);
                parts.Add(SendPartAsync(upload, number, offset, stop));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A part failed; which error it was is told by its task.
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
                await stop.CancelAsync().ConfigureAwait(false);

            // None of them reads from the spool any more when this ends.
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (parts.Find(static part => part.IsFaulted) is { } failed)
            await failed.ConfigureAwait(false);

        await Task.WhenAll(parts).ConfigureAwait(false);
    }

    /// <summary>One that failed for good stops the others.</summary>
    private async Task SendPartAsync(SevenBridgesUpload upload, int number, long offset, CancellationTokenSource stop)
    {
        var length = Math.Min(upload.PartSize, spool.Length - offset);
        try
        {
            await client.Uploads.PutPartAsync(upload, number, length, () => spool.Open(destination, offset, length), stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>What can't be aborted now, because the platform is away, is left to <see cref="IStorage.RemoveAbandonedWritesAsync"/>: the caller hears of the first failure.</summary>
    private async Task AbortAsync(SevenBridgesUpload upload)
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            await client.Uploads.AbortAsync(upload.UploadId, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SevenBridgesException or OperationCanceledException)
        {
        }
    }
}
