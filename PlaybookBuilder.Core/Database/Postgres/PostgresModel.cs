using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The model as Postgres has it, with its migrations. No connection is ever opened through it: the stores have statements of their own.</summary>
internal sealed class PostgresModel : IDesignTimeDbContextFactory<PlaybookDbContext>
{
    public static PlaybookDbContext Open() => new(new DbContextOptionsBuilder<PlaybookDbContext>().UseNpgsql().Options);

    /// <summary>For <c>dotnet ef migrations add</c>.</summary>
    public PlaybookDbContext CreateDbContext(string[] args) => Open();
}
