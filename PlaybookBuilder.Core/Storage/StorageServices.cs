using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Measured;
using PlaybookBuilder.Core.Storage.Sbfs;

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

    /// <summary>Keeps files in a project of a Seven Bridges platform, whatever <c>UFS_STORAGE</c> says.</summary>
    /// <exception cref="FormatException">It can't be reached like that.</exception>
    public static IServiceCollection AddProjectStorage(this IServiceCollection services, Uri endpoint, string token, string project)
    {
        if (SevenBridgesSettings.Problem(endpoint, token) is { } problem) throw new FormatException($"The session's project can't be used: {problem}.");
        if (!SevenBridgesProject.IsId(project)) throw new FormatException($"The session's project can't be used: '{project}' is none.");

        return services.AddSingleton<IStorage>(provider => new MeasuredStorage(
            new SbfsStorage(new SbfsSettings { Endpoint = endpoint, Token = token, Project = project, Loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance }),
            provider.GetRequiredService<StorageMetrics>()));
    }
}
