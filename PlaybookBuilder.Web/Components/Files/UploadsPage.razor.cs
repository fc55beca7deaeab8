using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>What the visitor uploaded.</summary>
public sealed partial class UploadsPage
{
    private const int ShownAtOnce = 50;

    private List<Upload>? _uploads;
    private bool _hasMore;

    [Inject] internal OwnUploads Uploads { get; set; } = null!;

    [Inject] public required IOptions<FileAddressOptions> Address { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    protected override Task OnInitializedAsync() => ShowMoreAsync();

    private async Task ShowMoreAsync()
    {
        // One more than is shown tells whether there are more.
        var next = await Uploads.ListAsync(await Visitor.GetAsync(), _uploads?.Count ?? 0, ShownAtOnce + 1, CancellationToken.None);
        _hasMore = next.Count > ShownAtOnce;
        _uploads = [.. _uploads ?? [], .. next.Take(ShownAtOnce)];
    }

    private string AddressOf(Upload upload) => DrsUri.Create(Address.Value.Host, upload.Id).ToString();
}
