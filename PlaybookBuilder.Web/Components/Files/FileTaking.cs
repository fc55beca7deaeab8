using System.Globalization;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>A file that the server takes in from elsewhere while a page waits: how far it is, and why it did not come. It ends with the page: what was not whole by then is not kept.</summary>
/// <param name="changed">Shows what there is to say now; called on any thread.</param>
public sealed class FileTaking(TimeProvider time, Action changed) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _take;
    private FetchProgress _progress = new(0, null);
    private long _told;

    public bool IsUnderWay => _take is not null;

    /// <summary>Whether the page is gone.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Why the last one did not come; null while there is nothing to say.</summary>
    public string? Problem { get; set; }

    /// <summary>Null where nobody knows how long it takes: a bar without a value says so.</summary>
    public string? Percent => _progress.Total is > 0 and var total ? (100 * _progress.Received / total).ToString(CultureInfo.InvariantCulture) : null;

    public string Amount => _progress switch
    {
        { Received: 0, Total: null } => "The server is being asked …",
        { Total: { } total } => $"{FileSize.Describe(_progress.Received)} of {FileSize.Describe(total)}",
        _ => $"{FileSize.Describe(_progress.Received)}, of an unknown size",
    };

    /// <summary>Takes one in.</summary>
    /// <returns>Null when it did not come: it was cancelled, or <see cref="Problem"/> says why.</returns>
    public async Task<FileUrl?> RunAsync(Func<Action<FetchProgress>, CancellationToken, Task<FileUrl>> take)
    {
        using var cancellation = new CancellationTokenSource();
        (_take, Problem, _progress) = (cancellation, null, new FetchProgress(0, null));
        try
        {
            return await take(Follow, cancellation.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The visitor's wish.
        }
        catch (Exception error) when (error is FetchException or AccessException or CavaticaAccountException or UploadRefusedException or WorkflowException)
        {
            Problem = error.Message;
        }
        catch (StorageException error)
        {
            Problem = error.IsRetryable ? "Where the files are kept does not answer. Try again in a moment." : $"The file could not be copied: {error.Message}";
        }
        finally
        {
            _take = null;
        }

        return null;
    }

    public void Cancel() => _take?.Cancel();

    public void Dispose()
    {
        IsGone = true;
        Cancel();
    }

    // Called on whatever thread reads, for each piece that came.
    private void Follow(FetchProgress progress)
    {
        _progress = progress;
        var now = time.GetTimestamp();
        if (progress.Received > 0 && time.GetElapsedTime(Interlocked.Read(ref _told), now) < Interval) return;

        Interlocked.Exchange(ref _told, now);
        changed();
    }
}
