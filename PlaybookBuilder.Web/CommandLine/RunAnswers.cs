using System.Globalization;
using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>Puts answers given on the command line into the prompts of a playbook.</summary>
internal sealed class RunAnswers(ComponentCatalog catalog, JsonElement document)
{
    private readonly string?[] _labels = [.. document.GetProperty("workflow").EnumerateArray().Select(step => step.TryGetProperty("id", out var id) ? id.GetString() : null)];

    /// <param name="input"><c>name=value</c></param>
    /// <exception cref="UsageException">It names no prompt, or several.</exception>
    /// <exception cref="WorkflowException">The value does not fit.</exception>
    public async Task<Playbook> AnswerAsync(Playbook playbook, string input, CancellationToken cancellationToken)
    {
        var (index, text) = Locate(playbook, input);
        var process = playbook.Steps[index].Process;
        if (catalog.FindProcessType(process.Type)?.AnswerType is not { } answerType) throw new UsageException($"Step {index + 1} ({process.Type}) asks nothing.");

        var answer = Datum.OfJson(process.Type, await CommandLineValue.ReadAsync(text, answerType, cancellationToken));
        var answered = playbook.Rebase(index, new Process(process.Type, answer, process.Inputs));
        try
        {
            catalog.CheckStep(answered, index);
        }
        catch (WorkflowException exception)
        {
            throw exception.Within($"--input {input[..^(text.Length + 1)]}");
        }

        return answered;
    }

    /// <exception cref="UsageException">A prompt is left without an answer.</exception>
    public void RequireAll(Playbook playbook)
    {
        for (var i = 0; i < playbook.Steps.Length; i++)
        {
            var process = playbook.Steps[i].Process;
            if (process.Data is null && catalog.FindProcessType(process.Type) is { IsPrompt: true } type)
                throw new UsageException($"Step {i + 1} ({type.Description.Label}) asks something: answer with --input {i + 1}=value.");
        }
    }

    // A type may have = in its name, so the longest name that means something counts.
    private (int Index, string Text) Locate(Playbook playbook, string input)
    {
        for (var equals = input.LastIndexOf('='); equals > 0; equals = input.LastIndexOf('=', equals - 1))
        {
            if (Find(playbook, input[..equals]) is { } index) return (index, input[(equals + 1)..]);
        }

        throw new UsageException($"'{input}' names no step; say --input NAME=value with the id, the place or the type of a prompt.");
    }

    private int? Find(Playbook playbook, string name)
    {
        if (Array.IndexOf(_labels, name) is >= 0 and var labelled) return labelled;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= playbook.Steps.Length) return place - 1;

        int[] ofType = [.. Enumerable.Range(0, playbook.Steps.Length).Where(i => playbook.Steps[i].Process.Type == name)];
        return ofType switch
        {
            [] => null,
            [var only] => only,
            _ => throw new UsageException($"There are {ofType.Length} steps of the type {name}: name one by its place, {string.Join(" or ", ofType.Select(i => i + 1))}."),
        };
    }
}
