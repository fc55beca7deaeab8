
namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>A Blazor Server application whose only page holds one word: what a circuit costs at least.</summary>
internal static class CircuitsYardstick
{
    public const string PagePath = "/";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<EmptyPage>().AddInteractiveServerRenderMode();
        return app;
    }
}
