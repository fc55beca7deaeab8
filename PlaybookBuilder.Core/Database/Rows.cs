using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Database;

// The tables, one class each. Ids are content ids unless said otherwise.

internal sealed class DataRow
{
    public required Guid Id { get; init; }

    public required string Type { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required string Value { get; init; }
}

internal sealed class ProcessRow
{
    public required Guid Id { get; init; }

    public required string Type { get; init; }

    public Guid? DataId { get; init; }

    public DateTimeOffset? Timestamp { get; init; }
}

internal sealed class ProcessInputRow
{
    public const int NoPosition = -1;

    public required Guid ProcessId { get; init; }

    public required string Argument { get; init; }

    /// <summary>The place within an array argument, or <see cref="NoPosition"/>.</summary>
    public required int Position { get; init; }

    public required Guid InputId { get; init; }
}

internal sealed class CellMetadataRow
{
    public required Guid Id { get; init; }

    public required string Label { get; init; }

    public required string Description { get; init; }

    public required bool ProcessVisible { get; init; }

    public required bool DataVisible { get; init; }
}

internal sealed class PlaybookMetadataRow
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Summary { get; init; }

    public required string GptSummary { get; init; }
}

internal sealed class StepRow
{
    public required Guid Id { get; init; }

    public required Guid ProcessId { get; init; }

    public Guid? ParentId { get; init; }

    public Guid? CellMetadataId { get; init; }

    public Guid? PlaybookMetadataId { get; init; }
}

internal sealed class ResolutionRow
{
    public required Guid ProcessId { get; init; }

    public required Guid DataId { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required long DurationMs { get; init; }

    public required bool IsTransient { get; init; }
}

internal sealed class JobRow
{
    public required Guid ProcessId { get; init; }

    public required JobState State { get; init; }

    public required int Attempt { get; init; }

    /// <summary>How often a worker went down while it ran this.</summary>
    public required int Deaths { get; init; }

    public required bool IsBatch { get; init; }

    public required string Owner { get; init; }

    /// <summary>Its virtual start time: an owner with many jobs gets later turns, so that nobody waits behind all of them.</summary>
    public required long Turn { get; init; }

    public int? Worker { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Of a running job: whether it may have begun. Otherwise it was taken ahead, and the death of its worker is not its doing.</summary>
    public required bool IsBegun { get; init; }

    /// <summary>It runs, and its worker was asked to stop it.</summary>
    public required bool IsCancelRequested { get; init; }

    /// <summary>The span in which it was asked for, as in the header <c>traceparent</c> of W3C Trace Context; null when nobody traces. Only a database that many programs share keeps it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>A key that all replicas share, encrypted.</summary>
internal sealed class DataProtectionKeyRow
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}
