using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Catalog;

/// <summary>All that is known of one component or data type.</summary>
public sealed partial class ComponentPage
{
    private ProcessType? _process;
    private DataType? _data;

    [Parameter, EditorRequired] public required string Spec { get; set; }

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required PlaybookEngine Engine { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private string? Label => _process?.Description.Label ?? _data?.Description.Label;

    private string? Text => _process?.Description.Text ?? _data?.Description.Text;

    protected override void OnParametersSet()
    {
        _process = Catalog.FindProcessType(Spec);
        _data = _process is null ? Catalog.FindDataType(Spec) : null;
        if (_process is null && _data is null && !RendererInfo.IsInteractive) Navigation.NotFound();
    }

    private async Task BeginAsync()
    {
        var playbook = Playbook.Empty.Extend(new Process(Spec));
        await Engine.SaveAsync(playbook, 0, await Visitor.GetAsync(), CancellationToken.None);
        Navigation.NavigateTo(AppUrls.Graph(playbook.Id));
    }
}
