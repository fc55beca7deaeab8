using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Web.Api.Tus;
using PlaybookBuilder.Web.Components.Prompts;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>
/// Uploads files. The browser sends them itself, in parts, so that an upload outlives its circuit and the server: it goes on when these are back, and when the same file is chosen again after the page was closed.
/// </summary>
public sealed partial class UploadZone : IAsyncDisposable
{
    private const string PauseCall = "pause";
    private const string ResumeCall = "resume";
    private const string CancelCall = "cancel";

    private readonly string _id = FieldIds.Next();
    private readonly List<BrowserUpload> _uploads = [];
    private ElementReference _zone;
    private ElementReference _input;
    private JsModule? _module;
    private IJSObjectReference? _uploader;
    private DotNetObjectReference<UploadZone>? _self;

    /// <summary>By which the browser knows the place again, where its uploads go on while the visitor looks at another page.</summary>
    [Parameter, EditorRequired] public required string Key { get; set; }

    [Parameter] public bool IsMultiple { get; set; }

    /// <summary>The name of the field of a form in which the browser puts the file's address itself; null for none.</summary>
    [Parameter] public string? Field { get; set; }

    /// <summary>What is wrong with the choice of a file; null when nothing is.</summary>
    [Parameter] public string? Problem { get; set; }

    [Parameter, EditorRequired] public required EventCallback<FileUrl> OnUploaded { get; set; }

    /// <summary>Told when the sign-in has ended since the page was opened.</summary>
    [Parameter] public EventCallback OnSignedOut { get; set; }

    /// <summary>Told when an upload began or ended, and what it shows beside this may differ.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] public required IJSRuntime JS { get; set; }

    /// <summary>Whether something is still to come.</summary>
    public bool IsUploading => _uploads.Any(static upload => upload.Stage != UploadStage.Failed);

    /// <summary>Whether such a file is shown here.</summary>
    internal bool IsSending(string filename, long size) => _uploads.Any(upload => upload.Filename == filename && upload.Size == size);

    /// <summary>Uploads a file of this application's own.</summary>
    public async Task SendExampleAsync(string address, string filename)
    {
        if (_uploader is not null) await _uploader.InvokeVoidAsync("sendExample", address, filename);
    }

    /// <summary>Called by the browser when it begins to send a file, or shows the place again where it does.</summary>
    [JSInvokable]
    public Task Begin(int number, string filename, long size)
    {
        if (!IsMultiple) _uploads.Clear();
        _uploads.RemoveAll(upload => upload.Number == number);
        _uploads.Add(new BrowserUpload(number, filename, size));
        return ShowAsync();
    }

    /// <summary>Called by the browser a few times a second while it sends, and when something changed.</summary>
    [JSInvokable]
    public Task Report(int number, long sent, string stage, string? problem)
    {
        var index = _uploads.FindIndex(upload => upload.Number == number);
        if (index < 0 || !Enum.TryParse<UploadStage>(stage, ignoreCase: true, out var known)) return Task.CompletedTask;

        var isNew = _uploads[index].Stage != known;
        _uploads[index] = _uploads[index] with { Sent = sent, Stage = known, Problem = problem };
        StateHasChanged();
        return isNew ? OnChanged.InvokeAsync() : Task.CompletedTask;
    }

    /// <summary>Called by the browser with what an upload became.</summary>
    [JSInvokable]
    public async Task EndAsync(int number, FileUrl file)
    {
        _uploads.RemoveAll(upload => upload.Number == number);
        await OnUploaded.InvokeAsync(file);
        await ShowAsync();
    }

    /// <summary>Called by the browser when an upload was cancelled.</summary>
    [JSInvokable]
    public Task Drop(int number)
    {
        _uploads.RemoveAll(upload => upload.Number == number);
        return ShowAsync();
    }

    /// <summary>Called by the browser when the server forgot what was cancelled.</summary>
    [JSInvokable]
    public Task Forget() => OnChanged.InvokeAsync();

    /// <summary>Called by the browser when the server wants a sign-in: the visitor's ended since the page was opened.</summary>
    [JSInvokable]
    public async Task AskToSignInAsync()
    {
        await OnSignedOut.InvokeAsync();
        await ShowAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_uploader is not null)
        {
            try
            {
                await _uploader.InvokeVoidAsync("leave");
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and what it showed.
            }

            await JsModule.ReleaseAsync(_uploader);
        }

        _self?.Dispose();
        if (_module is not null) await _module.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_module is not null) return;

        _module = new JsModule(JS, "./Components/Files/UploadZone.razor.js");
        _self = DotNetObjectReference.Create(this);
        _uploader = await _module.CallAsync<IJSObjectReference>("attach", Key, _zone, _input, _self, TusApi.Path.TrimStart('/'));
    }

    private async Task TellAsync(BrowserUpload upload, string call)
    {
        if (_uploader is not null) await _uploader.InvokeVoidAsync(call, upload.Number);
    }

    private Task ShowAsync()
    {
        StateHasChanged();
        return OnChanged.InvokeAsync();
    }
}
