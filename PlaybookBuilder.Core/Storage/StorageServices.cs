using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage;

public static class StorageServices
{
    /// <summary>Registers the <see cref="IStorage"/> that <c>UFS_STORAGE</c> describes; a wrong value stops the host at its start.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<StorageOptions>().Configure(options => options.Location = configuration[StorageOptions.Variable]).ValidateOnStart();
        return services.AddSingleton(provider => StorageLocation.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Location));
    }
}
