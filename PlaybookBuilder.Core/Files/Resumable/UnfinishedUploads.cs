using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>Completes resumable uploads whose bytes are all there and that nobody asks about: their sender, or the program that was at it, is gone.</summary>
internal sealed partial class UnfinishedUploads(ResumableUploadStore store, UploadCompletion completion, TimeProvider time, ILogger<UnfinishedUploads> logger)
{
    private const int MostAtOnce = 100;

    // Whoever sent the last bytes, or asks for the file, is at it in this time.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>Sees to all of them, one after the other. One that is refused stays for its user to ask about, until it expires.</summary>
    /// <returns>How many were completed.</returns>
    /// <exception cref="StorageException">The storage does not answer; what is left is seen to the next time.</exception>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var completed = 0;
        // One that expires now is on its way out.
        var after = (Expires: now.AddMilliseconds(1), Id: "");
        while (await store.ListUnfinishedAsync(after, now + ResumableUploads.Lifetime - Rest, MostAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } some)
        {
            foreach (var row in some)
            {
                try
                {
                    await completion.CompleteAsync(row, cancellationToken).ConfigureAwait(false);
                    completed++;
                }
                catch (Exception error) when (error is UploadRefusedException or StorageException { IsRetryable: false })
                {
                    LogLeft(error, row.Id);
                }
            }

            after = (some[^1].Expires, some[^1].Id);
        }

        return completed;
    }

    [LoggerMessage(LogLevel.Warning, "The resumable upload {Id} is all there and could not be made a file")]
    private partial void LogLeft(Exception exception, string id);
}
