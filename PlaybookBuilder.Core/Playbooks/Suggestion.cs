namespace PlaybookBuilder.Core.Playbooks;

/// <summary>What somebody tells the administrators of the catalogue.</summary>
public enum SuggestionSubject
{
    /// <summary>A component is missing.</summary>
    Component = 0,

    /// <summary>A step gives a wrong result.</summary>
    WrongResult = 1,
}

/// <summary>What became of a suggestion.</summary>
public enum SuggestionStatus
{
    Open = 0,
    Accepted = 1,
    Declined = 2,
}

/// <param name="Name">What the missing component could be called, or of which step the result is wrong.</param>
/// <param name="Inputs">Specs of data types.</param>
/// <param name="Output">The spec of a data type, or what there is none for yet.</param>
/// <param name="PlaybookId">The playbook that it is about; null when it is about none.</param>
public sealed record NewSuggestion(SuggestionSubject Subject, string Name, IReadOnlyList<string> Inputs, string Output, string Description, Guid? PlaybookId = null);

/// <summary>A suggestion and what an administrator answered.</summary>
public sealed record Suggestion
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserName { get; init; }

    public required SuggestionSubject Subject { get; init; }

    public required SuggestionStatus Status { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required string Output { get; init; }

    public required string Description { get; init; }

    public Guid? PlaybookId { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Decided { get; init; }
}
