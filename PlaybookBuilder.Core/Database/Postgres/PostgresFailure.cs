using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Which failures of the database pass.</summary>
internal static class PostgresFailure
{
    /// <summary>Whether the server itself said so, on a connection that stands.</summary>
    public static bool IsOfServer(Exception exception) => exception is PostgresException or DbUpdateException { InnerException: PostgresException };

    /// <summary>Whether a text holds the zero character, which Postgres takes nowhere.</summary>
    public static bool IsZeroCharacter(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter,
        DbUpdateException { InnerException: { } inner } => IsZeroCharacter(inner),
        _ => false,
    };

    /// <summary>Whether the same, asked again, may succeed: the database is away or starting, the connection broke, or two transactions stood in each other's way.</summary>
    public static bool MayPass(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is
            PostgresErrorCodes.DeadlockDetected or
            PostgresErrorCodes.SerializationFailure or
            PostgresErrorCodes.AdminShutdown or
            PostgresErrorCodes.CrashShutdown or
            PostgresErrorCodes.CannotConnectNow or
            PostgresErrorCodes.TooManyConnections
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
            || IsFreedValue(postgres),
        NpgsqlException { InnerException: { } inner } => inner is IOException or SocketException or TimeoutException,
        NpgsqlException npgsql => npgsql.IsTransient,
        SocketException => true,
        DbUpdateException { InnerException: { } inner } => MayPass(inner),
        _ => false,
    };

    // Whoever names a value keeps it in the same transaction, where it is not there yet. So one that is missing was there, and was freed between the two statements.
    private static bool IsFreedValue(PostgresException postgres) =>
        postgres.SqlState == PostgresErrorCodes.ForeignKeyViolation && postgres.ConstraintName is "fk_process_data_id" or "fk_resolution_data_id" or "fk_upload_grant_data_id";
}
