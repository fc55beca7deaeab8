using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        return services.AddSingleton<MailSender>().AddHostedService<WorkNoticesWorker>();
    }
}
