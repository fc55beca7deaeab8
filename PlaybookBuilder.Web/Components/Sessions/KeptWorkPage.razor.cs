using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Sessions;

public sealed partial class KeptWorkPage
{
    // Each is read from the project.
    private const int ShownAtOnce = 10;

    private readonly List<KeptPlaybook> _kept = [];
    private IReadOnlyList<WorkFile> _files = [];
    private bool _isReading;
    private bool _isBusy;
    private string? _problem;

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] internal KeptWork Work { get; set; } = null!;

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The platform may take its time, and need not be asked twice.
        if (!firstRender) return;

        await ReadAsync(async actor =>
        {
            _files = await Work.ListAsync(actor, CancellationToken.None);
            await DescribeMoreAsync(actor);
        });
        StateHasChanged();
    }

    private Task ShowMoreAsync() => ReadAsync(DescribeMoreAsync);

    private async Task DescribeMoreAsync(Actor actor) => _kept.AddRange(await Work.DescribeAsync(actor, [.. _files.Skip(_kept.Count).Take(ShownAtOnce)], CancellationToken.None));

    private async Task ReadAsync(Func<Actor, Task> read)
    {
        (_isReading, _problem) = (true, null);
        StateHasChanged();
        try
        {
            await read(await Current.GetAsync());
        }
        catch (Exception exception) when (exception is AccessException or CavaticaAccountException)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task OpenAsync(string name)
    {
        (_isBusy, _problem) = (true, null);
        try
        {
            Navigation.NavigateTo(AppUrls.Report(await Work.OpenAsync(await Current.GetAsync(), name, CancellationToken.None)));
        }
        catch (Exception exception) when (exception is AccessException or CavaticaAccountException or WorkflowException)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string TitleOf(KeptPlaybook kept) => kept.Playbook switch
    {
        null => kept.File.Name,
        { Metadata.Title: { Length: > 0 } title } => title,
        _ => "Untitled playbook",
    };

    private string Describe(Playbook playbook) => playbook switch
    {
        { IsEmpty: true } => "No steps",
        { Steps: [var only] } => $"1 step: {LabelOf(only)}",
        _ => $"{playbook.Steps.Length} steps, the last {LabelOf(playbook.Head)}",
    };

    private string LabelOf(Step step) => Catalog.FindProcessType(step.Process.Type)?.Description.Label ?? step.Process.Type;
}
