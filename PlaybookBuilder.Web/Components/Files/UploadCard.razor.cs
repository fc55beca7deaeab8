using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Web.Components.Files;

public sealed partial class UploadCard
{
    [Parameter, EditorRequired] public required Upload Upload { get; set; }

    [Parameter, EditorRequired] public required EventCallback<UploadSharing> OnShare { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnUse { get; set; }

    [Parameter, EditorRequired] public required EventCallback OnDelete { get; set; }

    [Inject] public required IOptions<FileAddressOptions> Host { get; set; }

    private string Address => Upload.ToFile(Host.Value.Host).Url;

    private Task ShareAsync(ChangeEventArgs chosen) => Enum.TryParse<UploadSharing>(chosen.Value?.ToString(), out var sharing) ? OnShare.InvokeAsync(sharing) : Task.CompletedTask;
}
