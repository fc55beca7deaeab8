using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Secrets;

public static class SecretsServices
{
    /// <summary>Adds the encryption of what is kept.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AppSecretOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AppSecretOptions>, AppSecretOptionsValidator>();
        services.AddSingleton<AppSecret>();
        return services;
    }
}
