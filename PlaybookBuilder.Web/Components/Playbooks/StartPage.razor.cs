using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Catalog;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>What this is, the first things to do, and what was open last.</summary>
public sealed partial class StartPage
{
    private static readonly (string Spec, string Title, string Text)[] FirstActions =
    [
        ("Input[Set[Gene]]", "Start with a gene set", "Paste symbols, one in a line"),
        ("GeneCountMatrixFileUpload", "Upload a count matrix", "Counts of genes by samples, as CSV, TSV or H5AD"),
        ("Input[Gene]", "Start with one gene", "Type its symbol"),
    ];

    private IReadOnlyList<RecentPlaybook>? _recent;
    private string? _problem;

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required StartOffers Offers { get; set; }

    [Inject] public required PlaybookEngine Engine { get; set; }

    [Inject] public required RecentPlaybooks Recent { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private IEnumerable<(ProcessType Type, string Title, string Text)> Starts =>
        from action in FirstActions
        let type = Catalog.FindProcessType(action.Spec)
        where type is not null
        select (type, action.Title, action.Text);

    private Playbook? Example => ExamplePlaybook.Of(Catalog);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;

        _recent = await Recent.ListAsync();
        StateHasChanged();
    }

    private Task BeginAsync(ProcessType type) => OpenAsync(Playbook.Empty.Extend(new Process(type.Spec)));

    private Task OpenExampleAsync() => Example is { } example ? OpenAsync(example) : Task.CompletedTask;

    private async Task OpenAsync(Playbook playbook)
    {
        try
        {
            await Engine.SaveAsync(playbook, 0, await Visitor.GetAsync(), CancellationToken.None);
            Navigation.NavigateTo(AppUrls.Graph(playbook.Id));
        }
        catch (WorkflowException exception)
        {
            _problem = exception.Message;
        }
    }

    private async Task ForgetAsync(Guid id)
    {
        await Recent.ForgetAsync(id);
        _recent = await Recent.ListAsync();
    }
}
