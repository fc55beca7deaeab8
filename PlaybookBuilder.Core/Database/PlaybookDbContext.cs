using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PlaybookBuilder.Core.Database;

/// <summary>The model of the database: tables, keys and indexes. The schema of every provider is made from it.</summary>
internal sealed class PlaybookDbContext(DbContextOptions<PlaybookDbContext> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Every index costs each write; those that a query needs are named below.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
        if (!Database.IsSqlite()) return;

        // SQLite has no type for points in time and none for ids: as numbers the ones compare and sort, as bytes the others are small.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<BytesConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        MapWorkflows(modelBuilder);
        MapEngine(modelBuilder);
        FileModel.Map(modelBuilder);
        AccountModel.Map(modelBuilder);
        SavedPlaybookModel.Map(modelBuilder);
        AdministrationModel.Map(modelBuilder);
        CavaticaModel.Map(modelBuilder);
        if (Database.IsNpgsql()) MapShared(modelBuilder);
        else modelBuilder.Entity<JobRow>().Ignore(row => row.IsBegun).Ignore(row => row.TraceParent);
        UseSnakeCase(modelBuilder);
    }

    /// <summary>What only a database that many programs share needs.</summary>
    private static void MapShared(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DataProtectionKeyRow>().ToTable("data_protection_key").HasKey(row => row.Name);
        modelBuilder.HasSequence<int>("worker_number").IsCyclic();
        modelBuilder.Entity<JobRow>().HasIndex(row => row.NotBefore).HasFilter("not_before IS NOT NULL");
        modelBuilder.Entity<JobRow>().HasIndex(row => row.Deaths).HasFilter("deaths > 0");
        // A program that does not know of it takes nothing ahead.
        modelBuilder.Entity<JobRow>().Property(row => row.IsBegun).HasDefaultValue(true);
        // A job is written again on its page when it begins, without new entries in the indices.
        modelBuilder.Entity<JobRow>().HasStorageParameter("fillfactor", 70);
        // How many bytes are stored is read from the index alone.
        modelBuilder.Entity<UploadRow>().HasIndex(row => row.Sha256).IncludeProperties(row => row.Size);
        // Beginnings of words are looked for, in the order of their bytes.
        modelBuilder.Entity<SavedPlaybookTermRow>().Property(row => row.Value).UseCollation("C");
    }

    private static void MapWorkflows(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DataRow>().ToTable("data").HasKey(row => row.Id);
        modelBuilder.Entity<CellMetadataRow>().ToTable("cell_metadata").HasKey(row => row.Id);
        modelBuilder.Entity<PlaybookMetadataRow>().ToTable("playbook_metadata").HasKey(row => row.Id);
        modelBuilder.Entity<ProcessRow>(process =>
        {
            process.ToTable("process").HasKey(row => row.Id);
            process.HasOne<DataRow>().WithMany().HasForeignKey(row => row.DataId).OnDelete(DeleteBehavior.Restrict);
            process.HasIndex(row => row.DataId).HasFilter("data_id IS NOT NULL");
        });
        modelBuilder.Entity<ProcessInputRow>(input =>
        {
            input.ToTable("process_input").HasKey(row => new { row.ProcessId, row.Argument, row.Position });
            input.HasOne<ProcessRow>().WithMany().HasForeignKey(row => row.ProcessId).OnDelete(DeleteBehavior.Cascade);
            input.HasOne<ProcessRow>().WithMany().HasForeignKey(row => row.InputId).OnDelete(DeleteBehavior.Restrict);
            input.HasIndex(row => row.InputId);
        });
        modelBuilder.Entity<StepRow>(step =>
        {
            step.ToTable("step").HasKey(row => row.Id);
            step.HasOne<ProcessRow>().WithMany().HasForeignKey(row => row.ProcessId).OnDelete(DeleteBehavior.Restrict);
            step.HasOne<StepRow>().WithMany().HasForeignKey(row => row.ParentId).OnDelete(DeleteBehavior.Restrict);
            step.HasOne<CellMetadataRow>().WithMany().HasForeignKey(row => row.CellMetadataId).OnDelete(DeleteBehavior.Restrict);
            step.HasOne<PlaybookMetadataRow>().WithMany().HasForeignKey(row => row.PlaybookMetadataId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void MapEngine(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ResolutionRow>(resolution =>
        {
            resolution.ToTable("resolution").HasKey(row => row.ProcessId);
            resolution.HasOne<ProcessRow>().WithMany().HasForeignKey(row => row.ProcessId).OnDelete(DeleteBehavior.Cascade);
            resolution.HasOne<DataRow>().WithMany().HasForeignKey(row => row.DataId).OnDelete(DeleteBehavior.Restrict);
            resolution.HasIndex(row => row.DataId);
            resolution.HasIndex(row => new { row.Created, row.ProcessId });
        });
        modelBuilder.Entity<JobRow>(job =>
        {
            job.ToTable("job").HasKey(row => row.ProcessId);
            job.HasOne<ProcessRow>().WithMany().HasForeignKey(row => row.ProcessId).OnDelete(DeleteBehavior.Cascade);
            job.HasIndex(row => new { row.State, row.IsBatch, row.Turn });
            job.HasIndex(row => new { row.Owner, row.IsBatch, row.Turn });
        });
    }

    private void UseSnakeCase(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }

        foreach (var index in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes()))
        {
            var columns = index.Properties.Select(property => property.GetColumnName());
            index.SetDatabaseName($"ix_{index.DeclaringEntityType.GetTableName()}_{string.Join('_', columns)}");
        }

        if (!Database.IsNpgsql()) return;

        // Capitals would have to be quoted for ever.
        foreach (var key in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetKeys())) key.SetName($"pk_{key.DeclaringEntityType.GetTableName()}");
        foreach (var key in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()))
        {
            key.SetConstraintName($"fk_{key.DeclaringEntityType.GetTableName()}_{string.Join('_', key.Properties.Select(property => property.GetColumnName()))}");
        }
    }

    private sealed class UnixMillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number));

    // In the order in which an id is written, so that hex(id) shows it.
    private sealed class BytesConverter() : ValueConverter<Guid, byte[]>(
        id => id.ToByteArray(true),
        bytes => new Guid(bytes, true));
}
