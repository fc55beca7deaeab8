using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The advisory locks that the application uses. Those of one number are for duties that only one program has; those of two are for workers.</summary>
internal static class PostgresLocks
{
    /// <summary>Held while the schema is changed: of many that start at once, one migrates and the others find it done.</summary>
    public const long Migration = 0x506C_6179_0001;

    /// <summary>Held while a key is made that all replicas use.</summary>
    public const long Keys = 0x506C_6179_0002;

    /// <summary>Held for a moment at start, to see whether a session is one.</summary>
    public const long SessionCheck = 0x506C_6179_0003;

    /// <summary>Held while playbooks that were deleted long ago are cleaned away.</summary>
    public const long DeletedPlaybooks = 0x506C_6179_0010;

    /// <summary>Held while old results are freed.</summary>
    public const long Retention = 0x506C_6179_0011;

    /// <summary>Held for a moment while a program looks whether it is its turn to do something for all.</summary>
    public const long Turns = 0x506C_6179_0012;

    /// <summary>Held for a moment while a session is added to those of its user.</summary>
    public const long Launches = 0x506C_6179_0013;

    /// <summary>The first number of the lock that each worker holds; the second is the worker's.</summary>
    public const int Worker = 0x506C_6179;

    /// <summary>Takes a duty on, until the transaction ends, unless another program has it.</summary>
    public static Task<bool> TryHoldAsync(PlaybookDbContext context, long duty, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({duty}) AS "Value" """).SingleAsync(cancellationToken);

    /// <summary>Takes on, until the transaction ends, what is done in a moment; whoever has it is waited for.</summary>
    public static Task HoldAsync(PlaybookDbContext context, long duty, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({duty})", cancellationToken);
}
