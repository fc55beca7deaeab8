using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>
/// The draft is written by the browser itself on every change, because the circuit and the server are what gets lost; see <c>PromptFrame.razor.js</c>.
/// </summary>
public sealed partial class PromptFrame : ComponentBase, IAsyncDisposable
{
    private const long LargestDraft = 16 << 20;

    private ElementReference _form;
    private JsModule? _module;
    private IJSObjectReference? _draft;
    private string? _attachedKey;
    private Task? _submission;
    private bool _isRestored;

    [Parameter, EditorRequired] public required PromptForm Form { get; set; }

    [Parameter] public string SubmitLabel { get; set; } = "Submit";

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    /// <summary>More buttons beside the one that submits.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    /// <summary>Told after a draft was restored or discarded, so that the form shows it.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] public required IJSRuntime JS { get; set; }

    /// <summary>Writes the draft, after fields changed otherwise than by the researcher's typing.</summary>
    public async Task SaveDraftAsync(IReadOnlyDictionary<string, string> fields)
    {
        if (_draft is not null) await _draft.InvokeVoidAsync("replace", fields);
    }

    /// <summary>Submits the form and, when the answer was taken, lets go of the draft.</summary>
    public Task SubmitAsync() => _submission is { IsCompleted: false } ? _submission : _submission = SubmitOnceAsync();

    public async ValueTask DisposeAsync()
    {
        // Submitting leads elsewhere, as a rule, while the draft is still to be let go.
        if (_submission is not null) await _submission;
        if (_draft is not null) await ReleaseDraftAsync(_draft);
        if (_module is not null) await _module.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_attachedKey == Form.DraftKey) return;

        _attachedKey = Form.DraftKey;
        _isRestored = false;
        _module ??= new JsModule(JS, "./Components/Prompts/PromptFrame.razor.js");
        if (_draft is not null) await ReleaseDraftAsync(_draft);
        _draft = await _module.CallAsync<IJSObjectReference>("attach", _form, _attachedKey);
        await RestoreAsync(_draft);
    }

    private static async Task ReleaseDraftAsync(IJSObjectReference draft)
    {
        try
        {
            await draft.InvokeVoidAsync("detach");
        }
        catch (JSDisconnectedException)
        {
            return;
        }

        await JsModule.ReleaseAsync(draft);
    }

    private async Task RestoreAsync(IJSObjectReference draft)
    {
        // As a stream: a pasted set is larger than one message of the circuit may be.
        await using var kept = await draft.InvokeAsync<IJSStreamReference>("read");
        await using var stream = await kept.OpenReadStreamAsync(LargestDraft);
        var fields = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(stream);
        _isRestored = fields is { Count: > 0 };
        if (_isRestored) Form.Restore(new Draft(fields!));
        // The fields open only now: what is typed before the draft is kept could be lost.
        await ShowAsync();
    }

    private async Task SubmitOnceAsync()
    {
        if (!await Form.SubmitFieldsAsync()) return;

        _isRestored = false;
        if (_draft is not null) await _draft.InvokeVoidAsync("discard");
    }

    private async Task DiscardAsync()
    {
        if (_draft is not null) await _draft.InvokeVoidAsync("discard");
        _isRestored = false;
        Form.Reset();
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        await OnChanged.InvokeAsync();
        StateHasChanged();
    }
}
