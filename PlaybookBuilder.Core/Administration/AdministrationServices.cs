using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Administration.Programs;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Administration.Users;

namespace PlaybookBuilder.Core.Administration;

public static class AdministrationServices
{
    /// <summary>Adds what administrators look at and do; needs the database, the engine and files.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton<AuditLog>()
        .AddSingleton<UserAdministration>()
        .AddSingleton<UserRights>()
        .AddSingleton<SessionAdministration>()
        .AddSingleton<JobList>()
        .AddSingleton<JobActions>()
        .AddSingleton<ProgramList>()
        .AddSingleton<SavedAdministration>()
        .AddSingleton<SuggestionAdministration>()
        .AddSingleton<UploadAdministration>()
        .AddSingleton<DamagedContents>()
        .AddSingleton<StorageMeasure>()
        .AddSingleton<ErrorLog>()
        .AddSingleton<ErrorList>()
        .AddSingleton<OverviewReading>();

    /// <summary>Lets this program say that it lives, and write its errors down.</summary>
    /// <param name="role"><c>serve</c> or <c>worker</c>.</param>
    public static IServiceCollection AddProgram(this IServiceCollection services, string role) => services
        .AddSingleton(new ProgramRole(role))
        .AddHostedService<ProgramRegistry>()
        .AddHostedService<ErrorLogWorker>()
        .Configure<ErrorLogOptions>(options => options.Program = $"{role} on {Environment.MachineName}");
}
