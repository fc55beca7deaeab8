using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Database;

/// <summary>The tables of what users have elsewhere.</summary>
internal static class CavaticaModel
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CavaticaAccountRow>(account =>
        {
            account.ToTable("cavatica_account").HasKey(row => row.UserId);
            account.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ProxySessionRow>(session =>
        {
            session.ToTable("proxy_session").HasKey(row => row.Id);
            session.HasOne<UserAccountRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(row => new { row.UserId, row.Created });
            session.HasIndex(row => row.Created).HasFilter("ended IS NULL");
        });
        modelBuilder.Entity<SessionTicketRow>(ticket =>
        {
            ticket.ToTable("session_ticket").HasKey(row => row.KeyHash);
            ticket.HasOne<ProxySessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
            ticket.HasOne<UserSessionRow>().WithMany().HasForeignKey(row => row.SignInId).OnDelete(DeleteBehavior.Cascade);
            ticket.HasIndex(row => row.SessionId);
            ticket.HasIndex(row => row.SignInId);
            ticket.HasIndex(row => row.Expires);
        });
    }
}
