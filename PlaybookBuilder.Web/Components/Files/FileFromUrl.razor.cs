using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Prompts;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>Takes a file in from where its URL leads.</summary>
public sealed partial class FileFromUrl : IDisposable
{
    private readonly string _id = FieldIds.Next();
    private FileTaking _taking = null!;
    private string _url = "";

    [Parameter, EditorRequired] public required EventCallback<FileUrl> OnFetched { get; set; }

    /// <summary>Told whether one is under way, when that changes.</summary>
    [Parameter] public EventCallback<bool> OnFetching { get; set; }

    [Inject] internal FileFetching Files { get; set; } = null!;

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    public void Dispose() => _taking.Dispose();

    protected override void OnInitialized() => _taking = new FileTaking(Time, () => InvokeAsync(StateHasChanged));

    private Task TakeKeyAsync(KeyboardEventArgs key) => key.Key == "Enter" ? FetchAsync() : Task.CompletedTask;

    private async Task FetchAsync()
    {
        if (_taking.IsUnderWay) return;

        if (string.IsNullOrWhiteSpace(_url))
        {
            _taking.Problem = "Type the URL of a file.";
            return;
        }

        await OnFetching.InvokeAsync(true);
        var visitor = await Visitor.GetAsync();
        var file = await _taking.RunAsync((follow, cancellationToken) => Files.FetchAsync(visitor, _url, follow, cancellationToken));
        if (file is not null) _url = "";

        if (_taking.IsGone) return;
        await OnFetching.InvokeAsync(false);
        if (file is not null) await OnFetched.InvokeAsync(file);
    }
}
