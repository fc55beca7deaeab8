using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database;

/// <summary>The tables of saved playbooks and suggestions.</summary>
internal static class SavedPlaybookModel
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SavedPlaybookRow>(saved =>
        {
            saved.ToTable("saved_playbook").HasKey(row => row.Id);
            saved.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            saved.HasOne<StepRow>().WithMany().HasForeignKey(row => row.PlaybookId).OnDelete(DeleteBehavior.Restrict);
            saved.HasIndex(row => row.PlaybookId);
            saved.HasIndex(row => new { row.UserId, row.Updated });
            saved.HasIndex(row => new { row.IsCurated, row.Clicks });
            saved.HasIndex(row => row.Updated);
            saved.HasIndex(row => row.Deleted);
        });
        modelBuilder.Entity<SavedPlaybookVersionRow>(version =>
        {
            version.ToTable("saved_playbook_version").HasKey(row => new { row.SavedPlaybookId, row.Number });
            version.HasOne<SavedPlaybookRow>().WithMany().HasForeignKey(row => row.SavedPlaybookId).OnDelete(DeleteBehavior.Cascade);
            version.HasOne<StepRow>().WithMany().HasForeignKey(row => row.PlaybookId).OnDelete(DeleteBehavior.Restrict);
            version.HasIndex(row => row.PlaybookId);
        });
        modelBuilder.Entity<SavedPlaybookResultRow>(result =>
        {
            result.ToTable("saved_playbook_result").HasKey(row => new { row.SavedPlaybookId, row.ProcessId });
            result.HasOne<SavedPlaybookRow>().WithMany().HasForeignKey(row => row.SavedPlaybookId).OnDelete(DeleteBehavior.Cascade);
            result.HasOne<ProcessRow>().WithMany().HasForeignKey(row => row.ProcessId).OnDelete(DeleteBehavior.Restrict);
            result.HasIndex(row => row.ProcessId);
        });
        modelBuilder.Entity<SavedPlaybookTermRow>(term =>
        {
            term.ToTable("saved_playbook_term").HasKey(row => new { row.SavedPlaybookId, row.Kind, row.Value });
            term.HasOne<SavedPlaybookRow>().WithMany().HasForeignKey(row => row.SavedPlaybookId).OnDelete(DeleteBehavior.Cascade);
            term.HasIndex(row => new { row.Kind, row.Value, row.SavedPlaybookId });
        });
        modelBuilder.Entity<SavedPlaybookClickRow>(click =>
        {
            click.ToTable("saved_playbook_click").HasKey(row => new { row.SavedPlaybookId, row.Day, row.Visitor });
            click.HasOne<SavedPlaybookRow>().WithMany().HasForeignKey(row => row.SavedPlaybookId).OnDelete(DeleteBehavior.Cascade);
            click.HasIndex(row => row.Day);
        });
        modelBuilder.Entity<SuggestionRow>(suggestion =>
        {
            suggestion.ToTable("suggestion").HasKey(row => row.Id);
            suggestion.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            suggestion.HasIndex(row => new { row.UserId, row.Created });
            suggestion.HasIndex(row => new { row.State, row.Created });
        });
    }
}
