using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Resumable;

internal static class ResumableUploadServices
{
    /// <summary>Adds uploads that come in parts; needs the storage, the database and the ingest.</summary>
    public static IServiceCollection AddResumableUploads(this IServiceCollection services) => services
        .AddSingleton<ResumableUploadStore>()
        .AddSingleton<UploadParts>()
        .AddSingleton<UploadCompletion>()
        .AddSingleton<ExpiredUploads>()
        .AddSingleton<UnfinishedUploads>()
        .AddSingleton(static of => new ResumableUploads(
            of.GetRequiredService<ResumableUploadStore>(),
            of.GetRequiredService<UploadParts>(),
            of.GetRequiredService<UploadCompletion>(),
            of.GetRequiredService<IUploadStore>(),
            of.GetRequiredService<UploadQuota>(),
            of.GetRequiredService<IOptions<UploadOptions>>(),
            of.GetRequiredService<IOptions<FileAddressOptions>>(),
            of.GetRequiredService<TimeProvider>()))
        .AddHostedService<ExpiredUploadsWorker>()
        .AddHostedService<UnfinishedUploadsWorker>();
}
