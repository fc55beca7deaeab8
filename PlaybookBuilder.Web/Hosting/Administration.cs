using Microsoft.AspNetCore.Components.Server.Circuits;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>What the administration needs of a program.</summary>
internal static class Administration
{
    /// <summary>Lets this program be seen by administrators: that it lives, and its errors.</summary>
    /// <param name="role"><c>serve</c> or <c>worker</c>.</param>
    public static void AddVisibleProgram(this IHostApplicationBuilder builder, string role)
    {
        builder.Services.AddProgram(role);
        builder.Services.AddOptions<ErrorLogOptions>().Configure<SecretMask>(static (options, mask) => options.Mask = mask.Apply);
        builder.Services.AddSingleton<ILoggerProvider, ErrorLogProvider>();
    }

    /// <summary>Adds what the administration's pages and routes need beyond the core.</summary>
    public static IServiceCollection AddAdministrationPages(this IServiceCollection services) => services
        .AddHttpContextAccessor()
        .AddSingleton<SettingsInForce>()
        .AddScoped<VisitorAddress>()
        .AddScoped<CircuitHandler>(static services => services.GetRequiredService<VisitorAddress>());
}
