using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Prompts;

namespace PlaybookBuilder.Web.Components.Files;

/// <summary>Takes in a file of the visitor's project.</summary>
public sealed partial class ProjectFileChooser : IDisposable
{
    private const int ShownAtOnce = 50;

    private static readonly Place Top = new(null, "Project");

    private readonly string _id = FieldIds.Next();
    private readonly List<Place> _way = [Top];
    private FileTaking _taking = null!;
    private bool _hasProject;
    private List<SevenBridgesFile>? _files;
    private bool _hasMore;
    private bool _isReading;
    private string? _problem;

    [Parameter, EditorRequired] public required EventCallback<FileUrl> OnTaken { get; set; }

    /// <summary>Told whether one is under way, when that changes.</summary>
    [Parameter] public EventCallback<bool> OnTaking { get; set; }

    [Inject] internal UserProjects Projects { get; set; } = null!;

    [Inject] internal ProjectFiles Files { get; set; } = null!;

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    public void Dispose() => _taking.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _taking = new FileTaking(Time, () => InvokeAsync(StateHasChanged));
        var visitor = await Visitor.GetAsync();
        _hasProject = visitor.UserId is not null && await Projects.AnyAsync(visitor, CancellationToken.None);
    }

    // What nobody looks at is not read. Each time it is, there may be other files.
    private Task OpenAsync() => _taking.IsUnderWay ? Task.CompletedTask : LoadAsync();

    private Task GoIntoAsync(SevenBridgesFile folder)
    {
        _way.Add(new Place(folder.Id, folder.Name));
        return LoadAsync();
    }

    private Task GoUpAsync(int depth)
    {
        _way.RemoveRange(depth + 1, _way.Count - depth - 1);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        (_files, _hasMore) = (null, false);
        await ShowMoreAsync();
    }

    private async Task ShowMoreAsync()
    {
        var place = _way[^1];
        (_isReading, _problem) = (true, null);
        try
        {
            var part = await Files.ListAsync(await Visitor.GetAsync(), place.Id, _files?.Count ?? 0, ShownAtOnce, CancellationToken.None);
            // The visitor may have gone on meanwhile.
            if (place != _way[^1]) return;

            (_files, _hasMore) = ([.. _files ?? [], .. part.Files], part.HasMore);
        }
        catch (Exception exception) when (exception is AccessException or CavaticaAccountException)
        {
            if (place == _way[^1]) _problem = exception.Message;
        }
        finally
        {
            if (place == _way[^1]) _isReading = false;
        }
    }

    private async Task TakeAsync(SevenBridgesFile chosen)
    {
        _problem = null;
        await OnTaking.InvokeAsync(true);
        var visitor = await Visitor.GetAsync();
        var file = await _taking.RunAsync((follow, cancellationToken) => Files.TakeAsync(visitor, chosen.Id, follow, cancellationToken));

        if (_taking.IsGone) return;
        await OnTaking.InvokeAsync(false);
        if (file is not null) await OnTaken.InvokeAsync(file);
    }

    private sealed record Place(string? Id, string Name);
}
