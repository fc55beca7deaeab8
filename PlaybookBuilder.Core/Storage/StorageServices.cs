using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Measured;

namespace PlaybookBuilder.Core.Storage;

public static class StorageServices
{
    /// <summary>Registers the <see cref="IStorage"/> that <c>UFS_STORAGE</c> describes; a wrong value stops the host at its start.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<StorageOptions>().Configure(options => options.Location = configuration[StorageOptions.Variable]).ValidateOnStart();
        services.AddSingleton<StorageMetrics>();
        return services.AddSingleton<IStorage>(static provider => new MeasuredStorage(
            StorageLocation.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Location, provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance),
            provider.GetRequiredService<StorageMetrics>()));
    }
}
