using Microsoft.Extensions.DependencyInjection;

namespace PlaybookBuilder.Core.Administration;

public static class AdministrationServices
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services.AddSingleton<AuditLog>();
}
