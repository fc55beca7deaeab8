using Microsoft.Extensions.Options;
using PlaybookBuilder.Web.Components;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>The pages: what they need, and where they are served.</summary>
public static class WebInterface
{
    public static IServiceCollection AddWebInterface(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddPages();
        services.AddSingleton<IValidateOptions<LandingOptions>, LandingOptionsCheck>();
        services.AddOptions<LandingOptions>()
            .Configure(options => options.Page = configuration[LandingOptions.Variable])
            .ValidateOnStart();
        return services;
    }

    /// <summary>The part of the pipeline that stands before authentication, up to routing.</summary>
    public static WebApplication UseWebInterface(this WebApplication app)
    {
        app.UseSecurityHeaders();
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseWhen(static context => IsPage(context.Request.Path), static pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        SendToLandingPage(app);
        app.UseRouting();
        return app;
    }

    public static void MapWebInterface(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/api") && !path.StartsWithSegments("/ga4gh") && !path.StartsWithSegments("/_blazor") && !path.StartsWithSegments(SessionPaths.Prefix);

    private static void SendToLandingPage(WebApplication app)
    {
        var page = app.Services.GetRequiredService<IOptions<LandingOptions>>().Value.Page;
        if (string.IsNullOrEmpty(page)) return;

        app.Use((context, next) =>
        {
            if (context.Request.Path != "/") return next(context);

            context.Response.Redirect(page.StartsWith('/') ? context.Request.PathBase + page : page);
            return Task.CompletedTask;
        });
    }
}
