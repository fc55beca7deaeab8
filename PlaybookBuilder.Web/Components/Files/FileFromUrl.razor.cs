using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Prompts;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>Takes a file in from where its URL leads. It ends with the page: what was not whole by then is not kept.</summary>
public sealed partial class FileFromUrl : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _id = FieldIds.Next();
    private string _url = "";
    private string? _problem;
    private CancellationTokenSource? _fetch;
    private FetchProgress _progress = new(0, null);
    private long _told;
    private bool _isGone;

    [Parameter, EditorRequired] public required EventCallback<FileUrl> OnFetched { get; set; }

    /// <summary>Told whether one is under way, when that changes.</summary>
    [Parameter] public EventCallback<bool> OnFetching { get; set; }

    [Inject] internal FileFetching Files { get; set; } = null!;

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    private bool IsFetching => _fetch is not null;

    // An attribute that is null is not there, and a bar without a value says that nobody knows how long it takes.
    private string? Percent => _progress.Total is > 0 and var total ? (100 * _progress.Received / total).ToString(CultureInfo.InvariantCulture) : null;

    private string Amount => _progress switch
    {
        { Received: 0, Total: null } => "The server is being asked …",
        { Total: { } total } => $"{FileSize.Describe(_progress.Received)} of {FileSize.Describe(total)}",
        _ => $"{FileSize.Describe(_progress.Received)}, of an unknown size",
    };

    public void Dispose()
    {
        _isGone = true;
        Cancel();
    }

    private Task TakeKeyAsync(KeyboardEventArgs key) => key.Key == "Enter" ? FetchAsync() : Task.CompletedTask;

    private void Cancel() => _fetch?.Cancel();

    private async Task FetchAsync()
    {
        if (IsFetching) return;

        if (string.IsNullOrWhiteSpace(_url))
        {
            _problem = "Type the URL of a file.";
            return;
        }

        using var fetch = new CancellationTokenSource();
        (_fetch, _problem, _progress) = (fetch, null, new FetchProgress(0, null));
        FileUrl? file = null;
        await OnFetching.InvokeAsync(true);
        try
        {
            file = await Files.FetchAsync(await Visitor.GetAsync(), _url, Follow, fetch.Token);
            _url = "";
        }
        catch (OperationCanceledException) when (fetch.IsCancellationRequested)
        {
            // The visitor's wish.
        }
        catch (Exception error) when (error is FetchException or AccessException or UploadRefusedException or WorkflowException)
        {
            _problem = error.Message;
        }
        catch (StorageException error) when (error.IsRetryable)
        {
            _problem = "Where the files are kept does not answer. Try again in a moment.";
        }
        finally
        {
            _fetch = null;
        }

        if (_isGone) return;
        await OnFetching.InvokeAsync(false);
        if (file is not null) await OnFetched.InvokeAsync(file);
    }

    // Called on whatever thread reads, for each piece that came.
    private void Follow(FetchProgress progress)
    {
        _progress = progress;
        var now = Time.GetTimestamp();
        if (progress.Received > 0 && Time.GetElapsedTime(Interlocked.Read(ref _told), now) < Interval) return;

        Interlocked.Exchange(ref _told, now);
        _ = InvokeAsync(StateHasChanged);
    }
}
