using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>Holds a process against its type before it enters a playbook.</summary>
public static class ProcessCheck
{
    /// <summary>Checks the last step of a playbook, or any other.</summary>
    /// <exception cref="WorkflowException">The type is unknown, an input is missing, unknown or of the wrong type, or the answer does not fit.</exception>
    public static void CheckStep(this ComponentCatalog catalog, Playbook playbook, int index)
    {
        var process = playbook.Steps[index].Process;
        var type = catalog.FindProcessType(process.Type) ?? throw WorkflowException.Invalid($"There is no component '{process.Type}'.", "type");
        CheckAnswer(type, process);
        CheckArguments(type, process);
        for (var i = 0; i < process.Inputs.Length; i++)
        {
            var source = catalog.FindProcessType(playbook.Steps[playbook.SourcesOf(index)[i]].Process.Type);
            // What stands on an unavailable step can't be checked.
            if (source is not null) CheckInput(type, process.Inputs[i], source.Output);
        }
    }

    /// <summary>Checks those steps from <paramref name="first"/> on whose type is known; the others are kept as they came.</summary>
    /// <exception cref="WorkflowException">A step does not fit its type; the path begins with <c>workflow[i]</c>.</exception>
    public static void CheckKnownSteps(this ComponentCatalog catalog, Playbook playbook, int first)
    {
        for (var i = first; i < playbook.Steps.Length; i++)
        {
            if (catalog.FindProcessType(playbook.Steps[i].Process.Type) is null) continue;

            try
            {
                catalog.CheckStep(playbook, i);
            }
            catch (WorkflowException exception)
            {
                throw exception.Within($"workflow[{i}]");
            }
        }
    }

    private static void CheckAnswer(ProcessType type, Process process)
    {
        if (process.Data is null) return;

        if (!type.IsPrompt) throw WorkflowException.Invalid($"{type.Spec} asks nothing, so it takes no data.", "data");

        try
        {
            if (type.DecodeAnswer(process.Data) is { } answer && type.ProblemOfAnswer(answer) is { } problem) throw WorkflowException.Invalid(problem);
        }
        catch (WorkflowException exception)
        {
            throw exception.Within("data");
        }
    }

    private static void CheckArguments(ProcessType type, Process process)
    {
        var unknown = process.Inputs.FirstOrDefault(input => type.Arguments.All(argument => argument.Name != input.Argument));
        if (unknown.Argument is not null) throw WorkflowException.Invalid($"{type.Spec} has no input '{unknown.Argument}'.", $"inputs.{unknown.Key}");

        foreach (var argument in type.Arguments)
        {
            var given = process.Inputs.Where(input => input.Argument == argument.Name).ToArray();
            if (given.Length == 0) throw WorkflowException.Invalid($"{type.Spec} lacks its input '{argument.Name}' ({argument.DataType.Spec}).", $"inputs.{argument.Name}");
            if (!argument.IsMany && given is not [{ Position: null }]) throw WorkflowException.Invalid($"{type.Spec} takes one '{argument.Name}', not a list.", $"inputs.{argument.Name}");
            if (argument.IsMany && given.Any(input => input.Position is null)) throw WorkflowException.Invalid($"{type.Spec} takes a list of '{argument.Name}': name them {argument.Name}:0, {argument.Name}:1 and so on.", $"inputs.{argument.Name}");
        }
    }

    private static void CheckInput(ProcessType type, ProcessInput input, DataType given)
    {
        var argument = type.Arguments.First(argument => argument.Name == input.Argument);
        if (argument.DataType.ClrType != given.ClrType) throw WorkflowException.Invalid($"The input '{input.Key}' of {type.Spec} takes {argument.DataType.Spec}, not {given.Spec}.", $"inputs.{input.Key}");
    }
}
