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
public sealed class WorkflowException(WorkflowProblem problem, string message) : Exception(message)
{
    public WorkflowProblem Problem { get; } = problem;

    public static WorkflowException Invalid(string message) => new(WorkflowProblem.Invalid, message);

    public static WorkflowException NotFound(string message) => new(WorkflowProblem.NotFound, message);
}
