using MudBlazor;
using MudBlazor.Services;
using PlaybookBuilder.Web.Components.Catalog;
using PlaybookBuilder.Web.Components.Editor;
using PlaybookBuilder.Web.Components.Playbooks;

namespace PlaybookBuilder.Web.Components;

internal static class PageServices
{
    /// <summary>Adds what the pages ask for; what they show comes from the core.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddMudServices(static options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter)
        .AddSingleton<StartOffers>()
        .AddTransient<OpenPlaybook>()
        .AddScoped<EditHistory>()
        .AddScoped<RecentPlaybooks>();
}
