using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Checks;

internal static class CheckServices
{
    /// <summary>Adds what reads stored contents again; needs the storage and the database.</summary>
    public static IServiceCollection AddContentChecks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CheckOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CheckOptions>, CheckOptionsValidator>();
        return services.AddSingleton<ContentChecks>().AddHostedService<ContentChecksWorker>();
    }
}
