using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Core.Database;

/// <summary>The tables of people.</summary>
internal static class AccountModel
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserAccountRow>(user =>
        {
            user.ToTable("user_account").HasKey(row => row.Id);
            user.HasIndex(row => row.Name);
            user.HasIndex(row => row.Email);
            user.HasIndex(row => row.Created);
            user.HasData(new UserAccountRow { Id = LocalAccount.Id, Name = LocalAccount.Name, Affiliation = "", IsAdmin = false, IsDisabled = false, WantsMail = false, Created = DateTimeOffset.UnixEpoch, LastSeen = DateTimeOffset.UnixEpoch });
        });
        modelBuilder.Entity<SignInRow>(signIn =>
        {
            signIn.ToTable("sign_in").HasKey(row => new { row.Provider, row.Subject });
            signIn.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            signIn.HasIndex(row => row.UserId);
        });
        modelBuilder.Entity<UserSessionRow>(session =>
        {
            session.ToTable("user_session").HasKey(row => row.Id);
            session.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(row => row.KeyHash).IsUnique();
            session.HasIndex(row => row.UserId);
            session.HasIndex(row => row.Expires);
            session.HasIndex(row => row.LastSeen);
        });
        modelBuilder.Entity<EmailLinkRow>(link =>
        {
            link.ToTable("email_link").HasKey(row => row.KeyHash);
            link.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            link.HasIndex(row => row.UserId);
            link.HasIndex(row => new { row.Email, row.Created });
            link.HasIndex(row => row.Expires);
        });
        modelBuilder.Entity<ApiTokenRow>(token =>
        {
            token.ToTable("api_token").HasKey(row => row.Id);
            token.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            token.HasIndex(row => row.KeyHash).IsUnique();
            token.HasIndex(row => row.UserId);
        });
        modelBuilder.Entity<WorkNoticeRow>(notice =>
        {
            notice.ToTable("work_notice").HasKey(row => new { row.UserId, row.PlaybookId });
            notice.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            notice.HasIndex(row => row.Asked);
        });
        modelBuilder.Entity<UploadGrantRow>(grant =>
        {
            grant.ToTable("upload_grant").HasKey(row => new { row.DataId, row.UploadId });
            grant.HasOne<DataRow>().WithMany().HasForeignKey(row => row.DataId).OnDelete(DeleteBehavior.Cascade);
            // No reference to the upload: a grant outlives it.
            grant.HasIndex(row => row.UploadId);
        });
    }
}
