namespace PlaybookBuilder.Core.Database;

// What administrators look at, and how programs of one deployment share work.

/// <summary>Something that somebody did, kept for good.</summary>
internal sealed class AuditEntryRow
{
    /// <summary>Counts up.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null for somebody who is not signed in. No foreign key: an entry outlives its account.</summary>
    public Guid? UserId { get; init; }

    /// <summary>For example <c>user.disable</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what, for example the id of a user.</summary>
    public required string Subject { get; init; }

    public required string Detail { get; init; }

    /// <summary>From which network address.</summary>
    public required string Address { get; init; }
}

/// <summary>A process of this application that runs, or ran lately.</summary>
internal sealed class ProgramRow
{
    /// <summary>Made at each start; sorts by when that was.</summary>
    public required Guid Id { get; init; }

    /// <summary>For example <c>serve</c> or <c>worker</c>.</summary>
    public required string Role { get; init; }

    public required string Version { get; init; }

    public required string Machine { get; init; }

    public required int ProcessNumber { get; init; }

    /// <summary>How many steps it runs at a time.</summary>
    public required int Slots { get; init; }

    /// <summary>Its present number among the workers, by which running jobs name it; null while it has none.</summary>
    public int? Worker { get; set; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset LastSeen { get; set; }
}

/// <summary>An error that some process logged. The oldest are forgotten.</summary>
internal sealed class LoggedErrorRow
{
    /// <summary>Counts up.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Which process: its role and machine.</summary>
    public required string Program { get; init; }

    public required string Category { get; init; }

    public required string Message { get; init; }

    public required string Detail { get; init; }

    public string? TraceId { get; init; }
}

/// <summary>When something that is done now and then for all programs was last begun.</summary>
internal sealed class SharedTurnRow
{
    /// <summary>For example <c>retention</c>.</summary>
    public required string Work { get; init; }

    public required DateTimeOffset Taken { get; set; }
}
