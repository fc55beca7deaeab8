using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database;

/// <summary>The tables of files.</summary>
internal static class FileModel
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UploadRow>(upload =>
        {
            upload.ToTable("upload").HasKey(row => row.Id);
            upload.HasIndex(row => row.Sha256);
            upload.HasIndex(row => new { row.UserId, row.Created });
            upload.Property(row => row.Sharing).HasDefaultValue(Files.UploadSharing.Private);
        });
        modelBuilder.Entity<DeletedUploadRow>().ToTable("deleted_upload").HasKey(row => row.Id);
        modelBuilder.Entity<ResumableUploadRow>(upload =>
        {
            upload.ToTable("resumable_upload").HasKey(row => row.Id);
            upload.HasIndex(row => row.Expires);
            upload.HasIndex(row => row.UserId);
        });
        modelBuilder.Entity<ContentCheckRow>(check =>
        {
            check.ToTable("content_check").HasKey(row => row.Sha256);
            check.HasIndex(row => row.Checked).HasFilter("problem IS NOT NULL");
        });
    }
}
