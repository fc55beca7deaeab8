namespace PlaybookBuilder.Core.Database;

// What people keep of their playbooks, and say about the catalogue. Ids are random.

internal sealed class SavedPlaybookRow
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The last step of its present version, with its results frozen.</summary>
    public required Guid PlaybookId { get; set; }

    /// <summary>The number of the present version, from 1.</summary>
    public required int Version { get; set; }

    public required string Title { get; set; }

    public required string Description { get; set; }

    /// <summary>As shown: names, separated by commas. Of published playbooks.</summary>
    public required string Authors { get; set; }

    /// <summary>An SPDX identifier. Of published playbooks.</summary>
    public required string Licence { get; set; }

    /// <summary>Null while it is its owner's alone.</summary>
    public DateTimeOffset? Published { get; set; }

    /// <summary>Shown among the published playbooks rather than the community's; set by an administrator.</summary>
    public required bool IsCurated { get; set; }

    /// <summary>One a visitor a day.</summary>
    public required int Clicks { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }

    /// <summary>When its owner deleted it; it can be brought back until it is cleaned away.</summary>
    public DateTimeOffset? Deleted { get; set; }
}

internal sealed class SavedPlaybookVersionRow
{
    public required Guid SavedPlaybookId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required Guid PlaybookId { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset Created { get; init; }
}

/// <summary>A frozen process whose result a saved playbook holds, in any of its versions.</summary>
internal sealed class SavedPlaybookResultRow
{
    public required Guid SavedPlaybookId { get; init; }

    public required Guid ProcessId { get; init; }
}

/// <summary>What a saved playbook is found by.</summary>
internal sealed class SavedPlaybookTermRow
{
    public required Guid SavedPlaybookId { get; init; }

    public required SavedPlaybookTermKind Kind { get; init; }

    /// <summary>A word or tag in lower case, the spec of a data type, the name of a source, or the id of an upload.</summary>
    public required string Value { get; init; }
}

internal enum SavedPlaybookTermKind
{
    Word = 0,
    Tag = 1,
    Input = 2,
    Output = 3,
    Source = 4,
    Upload = 5,
}

internal sealed class SavedPlaybookClickRow
{
    public required Guid SavedPlaybookId { get; init; }

    /// <summary>Days since 1970.</summary>
    public required int Day { get; init; }

    /// <summary>A keyed hash of who it was, which changes daily and leads back to nobody.</summary>
    public required string Visitor { get; init; }
}

internal sealed class SuggestionRow
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required SuggestionKind Kind { get; init; }

    public required SuggestionState State { get; set; }

    /// <summary>What the missing component could be called, or of which step the result is wrong.</summary>
    public required string Name { get; init; }

    /// <summary>Specs of data types, separated by commas.</summary>
    public required string Inputs { get; init; }

    public required string Output { get; init; }

    public required string Description { get; init; }

    /// <summary>The playbook that it is about; null when it is about none.</summary>
    public Guid? PlaybookId { get; init; }

    /// <summary>What an administrator answered.</summary>
    public required string Answer { get; set; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Decided { get; set; }
}

internal enum SuggestionKind
{
    Component = 0,
    WrongResult = 1,
}

internal enum SuggestionState
{
    Open = 0,
    Accepted = 1,
    Declined = 2,
}
