using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Files.Orphans;
using PlaybookBuilder.Core.Files.Resumable;

namespace PlaybookBuilder.Core.Files;

public static class FileServices
{
    /// <summary>Adds uploads and the files of playbooks; needs the storage and the database.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FileAddressOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FileAddressOptions>, FileAddressOptionsValidator>();
        return services
            .AddFileIngest(configuration)
            .AddFetching(configuration)
            .AddContentChecks(configuration)
            .AddOrphanedContents(configuration)
            .AddSingleton(static of => new UploadQuota(of.GetRequiredService<IModelDatabase>(), of.GetRequiredService<IOptions<UploadOptions>>()))
            .AddSingleton<FileUploads>()
            .AddResumableUploads()
            .AddSingleton<UploadContents>()
            .AddSingleton<DeletedUploads>()
            .AddSingleton<OwnUploads>()
            .AddSingleton<DrsObjects>()
            .AddSingleton<StoredFilesMetrics>()
            .AddSingleton<IPlaybookFiles, PlaybookFiles>()
            .AddHostedService<AbandonedUploadsWorker>()
            .AddHostedService<DeletedUploadsWorker>();
    }
}
