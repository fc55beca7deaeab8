using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database;

/// <summary>The tables that administrators look at, and by which programs share work.</summary>
internal static class AdministrationModel
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AuditEntryRow>(entry =>
        {
            entry.ToTable("audit_entry").HasKey(row => row.Id);
            entry.HasIndex(row => new { row.UserId, row.Id });
            entry.HasIndex(row => new { row.Action, row.Id });
        });
        modelBuilder.Entity<ProgramRow>(program =>
        {
            program.ToTable("program").HasKey(row => row.Id);
            program.HasIndex(row => row.LastSeen);
        });
        modelBuilder.Entity<LoggedErrorRow>().ToTable("logged_error").HasKey(row => row.Id);
        modelBuilder.Entity<SharedTurnRow>().ToTable("shared_turn").HasKey(row => row.Work);
    }
}
