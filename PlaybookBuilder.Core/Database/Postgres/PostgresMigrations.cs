using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using System.Text.Json;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The migrations: those that the program carries (the files in <c>migrations/</c>), and those that the model asks for.</summary>
internal static class PostgresMigrations
{
    private const string Prefix = "PlaybookBuilder.Migrations.";

    /// <summary>The migrations that the program carries, in their order.</summary>
    public static IReadOnlyList<PostgresMigration> All { get; } =
        [.. typeof(PostgresMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => PostgresMigration.Parse(name[Prefix.Length..], ReadResource(name)))];

    /// <summary>Whether the model was changed without a migration for it.</summary>
    public static bool HasPendingChanges()
    {
        using var context = PostgresModel.Open();
        return context.Database.HasPendingModelChanges();
    }

    /// <summary>Writes the migrations of the model as SQL.</summary>
    public static IReadOnlyList<PostgresMigration> OfModel()
    {
        using var context = PostgresModel.Open();
        var assembly = context.GetService<IMigrationsAssembly>();
        return [.. assembly.Migrations.Select((entry, i) => Write(context, assembly.CreateMigration(entry.Value, context.Database.ProviderName!), i, entry.Key))];
    }

    private static PostgresMigration Write(PlaybookDbContext context, Migration migration, int index, string id)
    {
        var version = $"{index + 1:0000}";
        // Ids are a time and a name.
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(id[(id.IndexOf('_') + 1)..]);
        var model = context.GetService<IModelRuntimeInitializer>().Initialize(migration.TargetModel is IMutableModel mutable ? mutable.FinalizeModel() : migration.TargetModel, designTime: true, validationLogger: null);
        return new PostgresMigration(version, $"{version}_{name}.sql", ToSql(context, migration.UpOperations, model), ToSql(context, migration.DownOperations, null));
    }

    private static string ToSql(PlaybookDbContext context, IReadOnlyList<MigrationOperation> operations, IModel? model) =>
        string.Join("\n", context.GetService<IMigrationsSqlGenerator>().Generate(operations, model).Select(command => command.CommandText.ReplaceLineEndings("\n").Trim() + "\n")).TrimEnd();

    private static string ReadResource(string name)
    {
        using var reader = new StreamReader(typeof(PostgresMigrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
