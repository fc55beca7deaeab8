using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Editor;

public sealed partial class ImportButton : IAsyncDisposable
{
    private ElementReference _file;
    private JsModule? _script;
    private bool _isImporting;

    [Inject] public required IJSRuntime Js { get; set; }

    [Inject] public required ISnackbar Messages { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null) await _script.DisposeAsync();
    }

    private async Task ImportAsync()
    {
        _script ??= new JsModule(Js, "./Components/Editor/ImportButton.razor.js");
        _isImporting = true;
        StateHasChanged();
        var outcome = await _script.CallAsync<ImportOutcome>("send", _file, AppUrls.Import);
        _isImporting = false;
        if (outcome.Id is { } id) Navigation.NavigateTo(AppUrls.Report(id));
        else Messages.Add($"The file was not imported: {outcome.Problem}", Severity.Error);
    }

    /// <summary>What the server made of the document: a playbook, or why not.</summary>
    private sealed record ImportOutcome(Guid? Id, string? Problem);
}
