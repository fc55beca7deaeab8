using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Files;

public sealed partial class UseDialog
{
    private Upload? _upload;
    private string? _problem;
    private Modal? _modal;

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required PlaybookEngine Engine { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required IOptions<FileAddressOptions> Address { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    /// <summary>The components that begin a playbook with a file.</summary>
    private IEnumerable<ProcessType> Takers => Catalog.ProcessTypes.Where(static type => type.AnswerType == typeof(FileUrl) && type.Arguments.Count == 0 && !type.Description.Hidden).OrderBy(static type => type.Output.Description.Label, StringComparer.Ordinal);

    public Task OpenAsync(Upload upload)
    {
        (_upload, _problem) = (upload, null);
        StateHasChanged();
        return _modal!.OpenAsync();
    }

    private async Task BeginAsync(ProcessType type)
    {
        var playbook = Playbook.Empty.Extend(new Process(type.Spec, DataCodec.Encode(type.Spec, _upload!.ToFile(Address.Value.Host)), []));
        try
        {
            await Engine.SaveAsync(playbook, 0, await Visitor.GetAsync(), CancellationToken.None);
            Navigation.NavigateTo(AppUrls.Graph(playbook.Id));
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException)
        {
            _problem = exception.Message;
        }
    }
}
