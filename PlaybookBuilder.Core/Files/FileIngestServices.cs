using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files.Checks;

namespace PlaybookBuilder.Core.Files;

public static class FileIngestServices
{
    /// <summary>Registers <see cref="FileIngest"/>, which needs <see cref="Storage.StorageServices.AddStorage"/> and <see cref="DatabaseServices.AddDatabase"/> too.</summary>
    public static IServiceCollection AddFileIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<UploadOptions>, UploadOptionsValidator>();
        services.AddOptions<UploadOptions>().Configure(options => (options.MaxBytes, options.QuotaBytes) = (BytesOf(configuration[UploadOptions.Variable]) ?? UploadOptions.DefaultMaxBytes, BytesOf(configuration[UploadOptions.QuotaVariable]))).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(static of => new KnownDamage(of.GetRequiredService<IModelDatabase>())).AddSingleton<FileIngest>();
    }

    /// <summary>What is no number becomes 0, which the validator refuses.</summary>
    private static long? BytesOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
    }
}
