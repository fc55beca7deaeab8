using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Views;

public sealed partial class ResultView : ComponentBase
{
    private Datum? _decoded;
    private Type? _component;
    private Dictionary<string, object> _parameters = [];
    private string? _misfit;
    private ErrorBoundary? _boundary;

    [Parameter, EditorRequired] public required Datum Output { get; set; }

    [Parameter] public Guid? ProcessId { get; set; }

    [Parameter] public Guid? StepId { get; set; }

    /// <summary>Whether the output is kept, so that the browser can fetch it; an error that follows from another step is not.</summary>
    [Parameter] public bool IsStored { get; set; } = true;

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] public required ViewRegistry Views { get; set; }

    protected override void OnParametersSet()
    {
        if (_decoded is not null && _decoded.Id == Output.Id) return;

        _decoded = Output;
        _component = null;
        _misfit = null;
        Decode();
        _boundary?.Recover();
    }

    private void Decode()
    {
        if (Catalog.FindDataType(Output.Type) is not { } type || Views.Find(type) is not { } component) return;

        try
        {
            _parameters = new Dictionary<string, object>
            {
                [nameof(DataView<>.Value)] = type.Decode(Output),
                [nameof(DataView<>.Context)] = new DataViewContext(IsStored ? Output.Id : null, type.Description.Label) { ProcessId = ProcessId, StepId = StepId },
            };
            _component = component;
        }
        catch (WorkflowException exception)
        {
            // An imported output, or one that an older version made, need not fit.
            _misfit = exception.Message;
        }
    }

    private void Recover() => _boundary?.Recover();
}
