using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Prompts;

public sealed partial class PromptView : ComponentBase
{
    private Type? _form;
    private ProcessType? _found;
    private ErrorBoundary? _boundary;

    [Parameter, EditorRequired] public required ProcessType Prompt { get; set; }

    /// <summary>The process that asks, as it is kept.</summary>
    [Parameter] public Guid ProcessId { get; set; }

    [Parameter] public Datum? Answer { get; set; }

    /// <summary>The record of the decoded inputs; null while one of them has no result.</summary>
    [Parameter] public object? Inputs { get; set; }

    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Under which name the browser keeps what is typed; one for each step of a playbook.</summary>
    [Parameter, EditorRequired] public required string DraftKey { get; set; }

    /// <summary>Gets an answer that fits the prompt. A <see cref="WorkflowException"/> thrown here is shown beside the form, and nothing is lost.</summary>
    [Parameter, EditorRequired] public required EventCallback<Datum> OnSubmit { get; set; }

    [Inject] public required FormRegistry Forms { get; set; }

    private Dictionary<string, object?> Parameters => new()
    {
        [nameof(PromptForm.Prompt)] = Prompt,
        [nameof(PromptForm.ProcessId)] = ProcessId,
        [nameof(PromptForm.Answer)] = Answer,
        [nameof(PromptForm.Inputs)] = Inputs,
        [nameof(PromptForm.IsBusy)] = IsBusy,
        [nameof(PromptForm.DraftKey)] = DraftKey,
        [nameof(PromptForm.Submit)] = (Func<JsonNode, Task<string?>>)SubmitAsync,
    };

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_found, Prompt)) return;

        _found = Prompt;
        _form = Forms.Find(Prompt);
    }

    private async Task<string?> SubmitAsync(JsonNode answer)
    {
        try
        {
            var datum = Datum.OfJson(Prompt.Spec, answer.ToJsonString());
            _ = Prompt.DecodeAnswer(datum);
            await OnSubmit.InvokeAsync(datum);
            return null;
        }
        catch (WorkflowException exception)
        {
            return exception.Message;
        }
    }
}
