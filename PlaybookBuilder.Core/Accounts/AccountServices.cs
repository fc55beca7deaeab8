using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Accounts;

public static class AccountServices
{
    /// <summary>Adds users, their sign-ins, sessions and tokens.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        return services
            .AddSingleton<AdminRule>()
            .AddSingleton<Profiles>()
            .AddSingleton<AccountDeletion>()
            .AddSingleton<AccountExport>()
            .AddSingleton<EmailLinks>()
            .AddSingleton<ApiTokens>()
            .AddSingleton<ServiceTokens>()
            .AddSingleton<SignIns>()
            .AddSingleton<UserSessions>();
    }
}
