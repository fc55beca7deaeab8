using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Authentication;

internal static class AuthenticationServices
{
    public static IServiceCollection AddPlaybookAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LocalUserOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalUserOptions>, LocalUserOptionsValidator>();
        services.AddAuthentication(LocalUser.Scheme).AddScheme<AuthenticationSchemeOptions, LocalUserHandler>(LocalUser.Scheme, null);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CurrentActor>();
        services.AddHostedService<LocalUserNotice>();
        return services;
    }

    public static WebApplication UsePlaybookAuthentication(this WebApplication app)
    {
        LoopbackListening.Check(app.Configuration, app.Services.GetRequiredService<IOptions<LocalUserOptions>>().Value);
        app.UseMiddleware<LocalUserToken>();
        app.UseMiddleware<SameOrigin>();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }
}
