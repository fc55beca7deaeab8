using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Playbooks;

/// <summary>A suggestion, as administrators see it.</summary>
/// <param name="Name">What the missing component could be called, or of which step the result is wrong.</param>
/// <param name="Inputs">Specs of data types, separated by commas.</param>
internal sealed record SuggestionSummary(
    Guid Id, Guid UserId, string UserName, SuggestionKind Kind, SuggestionState State, string Name, string Inputs, string Output, string Description, Guid? PlaybookId, string Answer, DateTimeOffset Created, DateTimeOffset? Decided);
