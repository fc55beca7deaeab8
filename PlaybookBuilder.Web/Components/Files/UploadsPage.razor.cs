using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>What the visitor uploaded, and its deletion.</summary>
public sealed partial class UploadsPage
{
    private List<Upload>? _uploads;
    private string? _next;
    private UploadUse? _asked;
    private string? _deleted;
    private string? _problem;
    private Modal _modal = null!;

    [Inject] internal OwnUploads Uploads { get; set; } = null!;

    [Inject] public required IOptions<FileAddressOptions> Address { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    protected override Task OnInitializedAsync() => ShowMoreAsync();

    private async Task ShowMoreAsync()
    {
        var part = await Uploads.ListAsync(await Visitor.GetAsync(), new PageRequest(_next), CancellationToken.None);
        _uploads = [.. _uploads ?? [], .. part.Items];
        _next = part.Next;
    }

    private async Task AskAsync(Upload upload)
    {
        (_problem, _deleted) = (null, null);
        try
        {
            _asked = await Uploads.FindUseAsync(await Visitor.GetAsync(), upload.Id, CancellationToken.None);
            await _modal.OpenAsync();
        }
        catch (AccessException exception)
        {
            // Another tab was faster.
            _problem = exception.Message;
            _uploads?.Remove(upload);
        }
    }

    private async Task DeleteAsync()
    {
        // A second click comes while the first is still under way.
        if (_asked is not { Upload: var upload }) return;

        _asked = null;
        try
        {
            await Uploads.DeleteAsync(await Visitor.GetAsync(), upload.Id, CancellationToken.None);
            _deleted = upload.Filename;
        }
        catch (AccessException exception)
        {
            _problem = exception.Message;
        }

        _uploads?.RemoveAll(other => other.Id == upload.Id);
        await _modal.CloseAsync();
    }

    private static string UseOf(UploadUse use)
    {
        if (use is { Answers: 0, SavedPlaybooks: 0 }) return "Nothing uses it.";

        var steps = use.Answers == 1 ? "One answer of a step names it" : $"{use.Answers} answers of steps name it";
        var saved = use.SavedPlaybooks switch
        {
            0 => "in playbooks that nobody saved",
            1 => "in one saved playbook",
            var count => $"in {count} saved playbooks",
        };
        var published = use.PublishedPlaybooks > 0 ? $", {use.PublishedPlaybooks} of them published" : "";
        return $"{steps}, {saved}{published}. Results that are there stay; steps that have to read it again will say that it was deleted.";
    }

    private string AddressOf(Upload upload) => DrsUri.Create(Address.Value.Host, upload.Id).ToString();
}
