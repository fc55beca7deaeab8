using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Retention;

public static class RetentionServices
{
    /// <summary>Adds the limits of what can be computed again; needs the database, the engine, files and the audit log.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        return services
            .AddSingleton<CacheReading>()
            .AddSingleton<CacheFreeing>()
            .AddSingleton<RetentionAdministration>()
            .AddHostedService<RetentionWorker>();
    }
}
