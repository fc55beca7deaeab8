using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Files;

public sealed partial class UploadChooser
{
    private const int ShownAtOnce = 10;

    private List<Upload>? _uploads;
    private string? _next;
    private string _words = "";

    [Parameter, EditorRequired] public required EventCallback<FileUrl> OnChosen { get; set; }

    [Inject] internal OwnUploads Uploads { get; set; } = null!;

    [Inject] public required IOptions<FileAddressOptions> Address { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    // What nobody looks at is not read. Each time it is, there may be other files.
    private Task OpenAsync() => LoadAsync();

    private Task FindAsync(ChangeEventArgs typed)
    {
        _words = typed.Value?.ToString() ?? "";
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var words = _words;
        var part = await ReadAsync(null);
        // A later word may have been answered before.
        if (words == _words) (_uploads, _next) = ([.. part.Items], part.Next);
    }

    private async Task ShowMoreAsync()
    {
        var part = await ReadAsync(_next);
        _uploads!.AddRange(part.Items);
        _next = part.Next;
    }

    private async Task<Paged<Upload>> ReadAsync(string? after) =>
        await Uploads.ListAsync(await Visitor.GetAsync(), new UploadQuery(_words), new PageRequest(after, ShownAtOnce), CancellationToken.None);
}
