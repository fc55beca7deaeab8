using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Fetching;

internal static class FetchServices
{
    /// <summary>Adds what takes files in from where their URLs lead; needs uploads.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FetchOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsValidator>();
        return services
            .AddSingleton(static provider => new GuardedConnections(provider.GetRequiredService<IOptions<FetchOptions>>(), static (host, token) => Dns.GetHostAddressesAsync(host, token)))
            .AddSingleton<GuardedRequests>()
            .AddSingleton<DrsClient>()
            .AddSingleton<FileFetching>();
    }
}
