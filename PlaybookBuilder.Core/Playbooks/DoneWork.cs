namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Work of whose end a user wants to hear.</summary>
/// <param name="Title">The playbook's; empty where it has none.</param>
/// <param name="FailedSteps">How many of its steps are errors.</param>
internal sealed record DoneWork(Guid UserId, string Email, Guid PlaybookId, string Title, int FailedSteps, DateTimeOffset Asked);
