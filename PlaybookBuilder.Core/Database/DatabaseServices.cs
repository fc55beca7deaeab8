using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Hosting;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Database;

public static class DatabaseServices
{
    /// <summary>Adds the database that <c>DATABASE_URL</c> names, and the stores in it.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddSingleton<SharedTurns>();
        if (PostgresUrl.IsOne(configuration[DatabaseOptions.Variable] ?? "")) return services.AddPostgres();

        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IModelDatabase, SqliteModelDatabase>();
        services.AddSingleton<IPlaybookStore, SqlitePlaybookStore>();
        services.AddSingleton<IJobQueue, SqliteJobQueue>();
        services.AddSingleton<IUploadStore, SqliteUploadStore>();
        return services;
    }
}
