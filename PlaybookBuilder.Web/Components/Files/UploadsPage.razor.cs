using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Resumable;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>What the visitor uploaded: brought, found, shared, used and deleted here. Words and order are in the address.</summary>
public sealed partial class UploadsPage
{
    private static readonly (UploadOrder Order, string Text)[] Orders = [(UploadOrder.Newest, "Newest"), (UploadOrder.Name, "By name"), (UploadOrder.Size, "Largest")];

    private UploadQuery _query;
    private string _words = "";
    private List<Upload>? _uploads;
    private string? _next;
    private UploadRoom? _room;
    private IReadOnlyList<ResumableUpload> _unfinished = [];
    private UploadUse? _asked;
    private string? _told;
    private string? _problem;
    private UploadZone? _zone;
    private UseDialog? _use;
    private Modal _modal = null!;

    [SupplyParameterFromQuery(Name = "q")] public string? Words { get; set; }

    [SupplyParameterFromQuery] public string? Sort { get; set; }

    [Inject] internal OwnUploads Uploads { get; set; } = null!;

    [Inject] public required UploadQuota Quota { get; set; }

    [Inject] public required ResumableUploads Resumable { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] internal VisitorAddress Address { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    private bool IsNarrowed => !string.IsNullOrWhiteSpace(_query.Words);

    // What this page sends is shown where it is sent from.
    private IReadOnlyList<ResumableUpload> Unfinished => [.. _unfinished.Where(upload => _zone?.IsSending(upload.Filename, upload.Size) != true)];

    protected override async Task OnParametersSetAsync()
    {
        var query = new UploadQuery(Words ?? "", AppUrls.ReadUploadOrder(Sort));
        if (_uploads is not null && query == _query) return;

        (_query, _words) = (query, query.Words!);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var query = _query;
        var actor = await Visitor.GetAsync();
        try
        {
            var part = await Uploads.ListAsync(actor, query, new PageRequest(), CancellationToken.None);
            // Something else may be looked for meanwhile.
            if (query == _query) (_uploads, _next, _problem) = ([.. part.Items], part.Next, null);
        }
        catch (WorkflowException exception)
        {
            (_uploads, _next, _problem) = ([], null, exception.Message);
        }

        _room = await Quota.ReadAsync(actor, CancellationToken.None);
        _unfinished = await Resumable.ListAsync(actor, CancellationToken.None);
    }

    private async Task ShowMoreAsync()
    {
        var query = _query;
        var part = await Uploads.ListAsync(await Visitor.GetAsync(), query, new PageRequest(_next), CancellationToken.None);
        if (query != _query) return;

        _uploads!.AddRange(part.Items);
        _next = part.Next;
    }

    private async Task LoadUnfinishedAsync() => _unfinished = await Resumable.ListAsync(await Visitor.GetAsync(), CancellationToken.None);

    private void Search(string? words)
    {
        _words = words ?? "";
        Navigation.NavigateTo(AppUrls.UploadsFound(_words, _query.Order), replace: true);
    }

    private async Task TakeAsync(FileUrl file)
    {
        _told = $"{file.Filename} is here.";
        await LoadAsync();
    }

    private void AskToSignIn() => Navigation.NavigateTo(AppUrls.SignInFor("/" + Navigation.ToBaseRelativePath(Navigation.Uri)), forceLoad: true);

    private Task GiveUpAsync(ResumableUpload upload) => ChangeAsync(async actor =>
    {
        await Resumable.DeleteAsync(actor, upload.Id, CancellationToken.None);
        return $"{upload.Filename} is given up.";
    });

    private Task ShareAsync(Upload upload, UploadSharing sharing) => ChangeAsync(async actor =>
    {
        var shared = await Uploads.ShareAsync(actor, upload.Id, sharing, Address.Value, CancellationToken.None);
        if (_uploads?.FindIndex(other => other.Id == upload.Id) is { } index and >= 0) _uploads[index] = shared;
        return sharing switch
        {
            UploadSharing.Private => $"Only you can download {upload.Filename} now.",
            UploadSharing.Link => $"Whoever has the address of {upload.Filename} can download it now.",
            _ => $"Everybody can download {upload.Filename} now, and find it by its checksum.",
        };
    });

    private Task AskAsync(Upload upload) => ChangeAsync(async actor =>
    {
        _asked = await Uploads.FindUseAsync(actor, upload.Id, CancellationToken.None);
        await _modal.OpenAsync();
        return null;
    });

    private async Task DeleteAsync()
    {
        // A second click comes while the first is still under way.
        if (_asked is not { Upload: var upload }) return;

        _asked = null;
        await ChangeAsync(async actor =>
        {
            await Uploads.DeleteAsync(actor, upload.Id, CancellationToken.None);
            _uploads?.RemoveAll(other => other.Id == upload.Id);
            return $"{upload.Filename} was deleted.";
        });
        await _modal.CloseAsync();
    }

    /// <param name="change">Gives what to tell, or null.</param>
    private async Task ChangeAsync(Func<Actor, Task<string?>> change)
    {
        (_problem, _told) = (null, null);
        var actor = await Visitor.GetAsync();
        try
        {
            _told = await change(actor);
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException)
        {
            // Another tab was faster.
            await LoadAsync();
            _problem = exception.Message;
            return;
        }

        _room = await Quota.ReadAsync(actor, CancellationToken.None);
        await LoadUnfinishedAsync();
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
}
