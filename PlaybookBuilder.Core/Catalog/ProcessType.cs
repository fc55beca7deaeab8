using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>A function from named, typed inputs to one data type. Derive from <see cref="Resolver{TInputs,TOutput}"/> or <see cref="Prompt{TData,TInputs,TOutput}"/>.</summary>
public abstract class ProcessType
{
    public static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(15);

    private IReadOnlyList<Tag>? _tags;

    private protected ProcessType(Type inputs, Type output)
    {
        InputsType = inputs;
        Arguments = [.. inputs.GetConstructors().Single(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != inputs).GetParameters().Select(Argument.Of)];
        Output = DataType.Of(output);
    }

    public abstract Description Description { get; }

    /// <summary>Raised when the outputs change; a result is shared only at the same version.</summary>
    public virtual int Version => 1;

    /// <summary>How long one run may take.</summary>
    public virtual TimeSpan TimeLimit => DefaultTimeLimit;

    public string Spec => Description.Spec;

    public IReadOnlyList<Argument> Arguments { get; }

    public DataType Output { get; }

    /// <summary>The record that a prompt's answer is read into; null for a resolver.</summary>
    public virtual Type? AnswerType => null;

    public bool IsPrompt => AnswerType is not null;

    /// <summary>All tags: the declared ones, and those that follow from the types of the inputs and the output.</summary>
    public IReadOnlyList<Tag> Tags => _tags ??= [.. Description.Tags, .. TypeTags()];

    private protected Type InputsType { get; }

    /// <exception cref="WorkflowException">The answer does not fit; the message names the path in it.</exception>
    public object? DecodeAnswer(Datum? data) => AnswerType is { } type && data is not null ? DataCodec.Decode(type, data.Value, Description.Label) : null;

    /// <summary>What keeps a decoded answer from being taken; null when nothing does.</summary>
    internal virtual string? ProblemOfAnswer(object answer) => null;

    /// <summary>Runs the process on decoded values and gives the decoded output.</summary>
    internal abstract Task<object> RunAsync(object? answer, object inputs, Progress progress, CancellationToken cancellationToken);

    /// <summary>Tells the story, with whatever of answer, inputs and output there is.</summary>
    internal abstract Story TellUntyped(object? answer, object? inputs, object? output);

    /// <summary>Puts decoded outputs into the record of the inputs.</summary>
    internal object BindInputs(IReadOnlyCollection<(ProcessInput Input, object Value)> inputs) =>
        Activator.CreateInstance(InputsType, [.. Arguments.Select(argument => argument.Bind(inputs))])!;

    public override string ToString() => Spec;

    private IEnumerable<Tag> TypeTags()
    {
        foreach (var input in Arguments.Select(argument => argument.DataType.Description).DistinctBy(description => description.Spec))
        {
            if (input.Type is { } inputType) yield return new Tag(TagGroups.InputType, inputType);
            if (input.Cardinality is { } inputCardinality) yield return new Tag(TagGroups.InputCardinality, inputCardinality);
        }

        if (Output.Description.Type is { } type) yield return new Tag(TagGroups.OutputType, type);
        if (Output.Description.Cardinality is { } cardinality) yield return new Tag(TagGroups.OutputCardinality, cardinality);
        yield return new Tag(TagGroups.External, Description.External ? "True" : "False");
    }
}

/// <summary>The inputs of a process type that takes none.</summary>
public sealed record NoInputs;
