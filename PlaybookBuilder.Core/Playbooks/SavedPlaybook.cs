namespace PlaybookBuilder.Core.Playbooks;

/// <summary>A playbook that somebody keeps under a title, in its present version.</summary>
public sealed record SavedPlaybook
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The present version, with its results frozen. Whoever knows this id can open it.</summary>
    public required Guid PlaybookId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Names, separated by commas; empty unless it was published once.</summary>
    public required string Authors { get; init; }

    /// <summary>An SPDX identifier; empty unless it was published once.</summary>
    public required string Licence { get; init; }

    /// <summary>Since when everybody finds it; null while it is its owner's alone.</summary>
    public DateTimeOffset? Published { get; init; }

    public required bool IsCurated { get; init; }

    /// <summary>One a visitor a day.</summary>
    public required int Clicks { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public DateTimeOffset? Deleted { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Specs of the data types that it asks for.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Specs of the data types that it ends with.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The services and collections of data that its components ask.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>An earlier or the present state of a saved playbook.</summary>
public sealed record SavedPlaybookVersion(int Number, Guid PlaybookId, string Title, DateTimeOffset Created);

/// <summary>A part of a list, and whether it goes on.</summary>
public sealed record SavedPlaybookList(IReadOnlyList<SavedPlaybook> Playbooks, bool HasMore);
