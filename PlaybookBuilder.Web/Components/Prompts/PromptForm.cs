using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>
/// Asks for the answer to a prompt. A form is found by its <see cref="ServesAttribute"/> and puts its fields into a <see cref="PromptFrame"/>, which brings the button, the draft and the states.
/// </summary>
public abstract class PromptForm : ComponentBase
{
    private Datum? _shown;
    private bool _hasShown;
    private bool _isSubmitting;
    private bool _wasAsked;
    private string? _refusal;

    [Parameter, EditorRequired] public required ProcessType Prompt { get; set; }

    /// <summary>The process that asks, as it is kept.</summary>
    [Parameter] public Guid ProcessId { get; set; }

    [Parameter] public Datum? Answer { get; set; }

    /// <summary>The record of the decoded inputs; null while one of them has no result.</summary>
    [Parameter] public object? Inputs { get; set; }

    /// <summary>Whether an answer is being taken in, so that another one must wait.</summary>
    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Under which name the browser keeps what is typed until it is submitted.</summary>
    [Parameter, EditorRequired] public required string DraftKey { get; set; }

    /// <summary>Takes the answer; gives why it was refused, or null.</summary>
    [Parameter, EditorRequired] public required Func<JsonNode, Task<string?>> Submit { get; set; }

    /// <summary>Whether the form can't be shown before the inputs have results.</summary>
    public virtual bool NeedsInputs => false;

    public bool IsTaking => IsBusy || _isSubmitting;

    /// <summary>The value of the first argument; null while the inputs have no results.</summary>
    public object? FirstInput => Inputs?.GetType().GetProperty(Prompt.Arguments[0].Parameter)!.GetValue(Inputs);

    /// <summary>Why the last answer was refused; null when it was not, or has been changed since.</summary>
    public string? Refusal => _refusal;

    /// <summary>What is wrong with the fields, once the researcher tried to submit them; forms show it beside the field.</summary>
    protected string? FieldProblem => _wasAsked ? Check() : null;

    /// <summary>An answer that works, where the output's example can be one.</summary>
    protected Datum? Example => Prompt.AnswerType == Prompt.Output.ClrType && Prompt.Output.Description.Example is { } example ? Prompt.Output.Encode(example) : null;

    /// <summary>Submits what stands in the fields, once.</summary>
    /// <returns>Whether it was taken.</returns>
    public async Task<bool> SubmitFieldsAsync()
    {
        if (IsTaking) return false;

        _isSubmitting = true;
        try
        {
            await CollectAsync();
            _wasAsked = true;
            if (Check() is not null) return false;

            _refusal = await Submit(ToAnswer());
            _wasAsked = _refusal is not null;
            return _refusal is null;
        }
        finally
        {
            _isSubmitting = false;
        }
    }

    /// <summary>Puts a draft into the fields.</summary>
    public abstract void Restore(Draft draft);

    /// <summary>Puts the fields back to the answer.</summary>
    public void Reset()
    {
        _wasAsked = false;
        _refusal = null;
        Show(Answer);
    }

    protected override void OnParametersSet()
    {
        if (_shown is not null && _shown.Id == Answer?.Id) return;
        // While nobody answered, what stands in the fields is the researcher's.
        if (_shown is null && Answer is null && _hasShown) return;

        _hasShown = true;
        _shown = Answer;
        Show(Answer);
    }

    /// <summary>Puts an answer into the fields; with null, what stands there at first.</summary>
    protected abstract void Show(Datum? answer);

    /// <summary>What is wrong with the fields; null when they can be submitted.</summary>
    protected abstract string? Check();

    /// <summary>The fields as an answer; called only when <see cref="Check"/> finds nothing.</summary>
    protected abstract JsonNode ToAnswer();

    /// <summary>Fetches what stands in fields that the browser alone knows.</summary>
    protected virtual Task CollectAsync() => Task.CompletedTask;

    /// <summary>The answer as JSON, when it fits the prompt; imported answers need not.</summary>
    protected JsonElement? Read(Datum? answer)
    {
        if (answer is null) return null;

        try
        {
            _ = Prompt.DecodeAnswer(answer);
        }
        catch (WorkflowException exception)
        {
            _refusal = exception.Message;
            return null;
        }

        using var document = JsonDocument.Parse(answer.Value);
        return document.RootElement.Clone();
    }
}
