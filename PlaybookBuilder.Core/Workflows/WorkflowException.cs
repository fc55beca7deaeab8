namespace PlaybookBuilder.Core.Workflows;

/// <summary>What is wrong with a request about a workflow.</summary>
public enum WorkflowProblem
{
    /// <summary>The request does not make sense: malformed, of an unknown type, with an input missing or of the wrong type.</summary>
    Invalid,

    /// <summary>What the request names does not exist, or is not the caller's.</summary>
    NotFound,
}

/// <summary>A request about a workflow that cannot be met. The message is for the person who made it.</summary>
/// <param name="path">The place in the request that is wrong, as in <c>workflow[3].inputs.gmt</c>; null where it is the whole.</param>
public sealed class WorkflowException(WorkflowProblem problem, string message, string? path = null) : Exception(path is null ? message : $"{path}: {message}")
{
    private readonly string _text = message;

    public WorkflowProblem Problem { get; } = problem;

    public string? Path { get; } = path;

    public static WorkflowException Invalid(string message, string? path = null) => new(WorkflowProblem.Invalid, message, path);

    public static WorkflowException NotFound(string message) => new(WorkflowProblem.NotFound, message);

    /// <summary>The same, told of a part of a larger request.</summary>
    public WorkflowException Within(string place) => new(Problem, _text, Path is null ? place : $"{place}.{Path}");
}
