using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Orphans;

internal static class OrphanServices
{
    /// <summary>Adds what removes stored contents that no record names; needs the storage and the database.</summary>
    public static IServiceCollection AddOrphanedContents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OrphanOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OrphanOptions>, OrphanOptionsValidator>();
        return services.AddSingleton<OrphanedContents>().AddHostedService<OrphanedContentsWorker>();
    }
}
