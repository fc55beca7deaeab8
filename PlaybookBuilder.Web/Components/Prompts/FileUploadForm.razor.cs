using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>
/// Asks for a file. The browser sends it to the upload route itself, and puts its address into the draft itself, so that an upload outlives its circuit.
/// </summary>
public sealed partial class FileUploadForm : PromptForm, IAsyncDisposable
{
    private const string FileField = "file";
    private const string DescriptionField = "description";

    private readonly string _id = FieldIds.Next();
    private ElementReference _zone;
    private ElementReference _input;
    private JsModule? _module;
    private IJSObjectReference? _uploader;
    private DotNetObjectReference<FileUploadForm>? _self;
    private UploadState? _upload;
    private string? _uploadProblem;
    private FileUrl? _file;
    private string _description = "";
    private bool _isKnown;
    private bool _isSignedIn;

    [Inject] public required IJSRuntime JS { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    public override void Restore(Draft draft)
    {
        _description = draft.Find(DescriptionField) ?? _description;
        if (draft.Find(FileField) is { Length: > 0 } file) _file = JsonSerializer.Deserialize<FileUrl>(file, JsonSerializerOptions.Web);
    }

    /// <summary>Called by the browser when it begins to send a file.</summary>
    [JSInvokable]
    public void Begin(string filename, long size)
    {
        (_upload, _uploadProblem) = (new UploadState(filename, size, 0), null);
        StateHasChanged();
    }

    /// <summary>Called by the browser a few times a second while it sends.</summary>
    [JSInvokable]
    public void Report(long sent)
    {
        _upload = _upload is null ? null : _upload with { Sent = sent };
        StateHasChanged();
    }

    /// <summary>Called by the browser with what the upload route answered.</summary>
    [JSInvokable]
    public void End(FileUrl file)
    {
        (_file, _upload) = (file, null);
        StateHasChanged();
    }

    /// <summary>Called by the browser when an upload failed; without a message when it was cancelled.</summary>
    [JSInvokable]
    public void Fail(string? message)
    {
        (_upload, _uploadProblem) = (null, message);
        StateHasChanged();
    }

    /// <summary>Called by the browser when the upload route wants a sign-in: the visitor's ended since the page was opened.</summary>
    [JSInvokable]
    public void AskToSignIn()
    {
        (_upload, _uploadProblem, _isSignedIn) = (null, "Your sign-in has ended, so the file was not taken.", false);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_uploader is not null) await JsModule.ReleaseAsync(_uploader);
        if (_module is not null) await _module.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        _isSignedIn = (await Visitor.GetAsync()).UserId is not null;
        _isKnown = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isSignedIn || _module is not null) return;

        _module = new JsModule(JS, "./Components/Prompts/FileUploadForm.razor.js");
        _self = DotNetObjectReference.Create(this);
        _uploader = await _module.CallAsync<IJSObjectReference>("attach", _zone, _input, _self, FileUploadApi.Path.TrimStart('/'));
    }

    protected override void Show(Datum? answer)
    {
        _file = Read(answer) is { } value ? value.Deserialize<FileUrl>(JsonSerializerOptions.Web) : null;
        _description = _file?.Text ?? "";
    }

    protected override string? Check() => _upload is not null ? "The upload is still going on." : _file is null ? "Choose a file." : null;

    protected override JsonNode ToAnswer()
    {
        var answer = new JsonObject { ["url"] = _file!.Url, ["filename"] = _file.Filename };
        if (_file.Sha256 is { } sha256) answer["sha256"] = sha256;
        if (_file.Size is { } size) answer["size"] = size;
        if (_description.Trim() is { Length: > 0 } description) answer["description"] = description;
        return answer;
    }

    private async Task CancelAsync()
    {
        if (_uploader is not null) await _uploader.InvokeVoidAsync("cancel");
    }

    private async Task UploadExampleAsync()
    {
        if (_uploader is not null && Prompt is IExampleFile { ExampleFile: var example }) await _uploader.InvokeVoidAsync("sendExample", $"examples/{example}", example);
    }

    private sealed record UploadState(string Filename, long Size, long Sent)
    {
        public int Percent => Size == 0 ? 100 : (int)(100 * Math.Min(Sent, Size) / Size);
    }
}
