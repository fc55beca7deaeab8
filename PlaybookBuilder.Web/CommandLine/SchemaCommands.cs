using System.CommandLine;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary><c>codegen sql</c> writes the migrations of the model, <c>migrate</c> applies them.</summary>
internal static class SchemaCommands
{
    public static Command CreateMigrate()
    {
        var command = new Command("migrate", $"Brings the Postgres database of {DatabaseOptions.Variable} to the schema of this program.");
        command.SetAction((_, cancellationToken) => CommandErrors.ToExitCodeAsync(() => MigrateAsync(cancellationToken)));
        return command;
    }

    public static Command CreateCodegen()
    {
        var folder = new Option<DirectoryInfo>("--output") { Description = "Where the files go.", HelpName = "folder", DefaultValueFactory = _ => new DirectoryInfo("migrations") };
        var sql = new Command("sql", "Writes migrations/*.sql, in dbmate's format, from the model.") { folder };
        sql.SetAction((parsed, cancellationToken) => CommandErrors.ToExitCodeAsync(() => WriteSqlAsync(parsed.GetRequiredValue(folder), cancellationToken)));
        return new Command("codegen", "Writes files that follow from the code.") { sql };
    }

    private static async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        var url = new ConfigurationBuilder().AddEnvironmentVariables().Build()[DatabaseOptions.Variable] ?? "";
        if (!PostgresUrl.IsOne(url)) throw new UsageException($"{DatabaseOptions.Variable} names no Postgres database (postgres://user:password@host:port/database); the embedded one is migrated when it is opened.");

        var applied = await new PostgresSchema(Options.Create(new DatabaseOptions { Url = url })).MigrateAsync(cancellationToken);
        Console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", applied)}.");
        return ExitCodes.Done;
    }

    private static async Task<int> WriteSqlAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        if (PostgresMigrations.HasPendingChanges()) throw new UsageException("The model was changed without a migration: run 'dotnet ef migrations add <Name>' first (docs/developing.md).");

        folder.Create();
        foreach (var migration in PostgresMigrations.OfModel())
        {
            var path = Path.Combine(folder.FullName, migration.FileName);
            await File.WriteAllTextAsync(path, migration.ToText(), cancellationToken);
            Console.WriteLine(Path.GetRelativePath(Directory.GetCurrentDirectory(), path));
        }

        return ExitCodes.Done;
    }
}
