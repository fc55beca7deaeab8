using PlaybookBuilder.Core;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Api.Tus;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Keys;
using PlaybookBuilder.Web.Components;
using PlaybookBuilder.Web.Hosting.Proxies;
using PlaybookBuilder.Web.ProxiedSessions;
using PlaybookBuilder.Web.ProxiedSessions.Origin;
using PlaybookBuilder.Web.ProxiedSessions.Replicas;
using PlaybookBuilder.Web.ProxiedSessions.Worker;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>The application with its pages and its API, however it is reached.</summary>
internal static class Application
{
    /// <param name="role">What the program is, for those who look at several.</param>
    public static void AddApplication(this WebApplicationBuilder builder, string role)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.AddTelemetry(role);
        builder.AddVisibleProgram(role);
        builder.Services.AddPlaybookBuilder(builder.Configuration);
        builder.Services.AddSharedKeys(builder.Configuration);
        builder.Services.AddForwardedRequests(builder.Configuration);
        builder.Services.AddPlaybookAuthentication(builder.Configuration);
        builder.Services.AddPlaybookApi();
        builder.Services.AddWebInterface(builder.Configuration);
        builder.Services.AddViewsAndForms();
        builder.Services.AddAdministrationPages();
        builder.Services.AddSessionForwarding();
        builder.Services.AddHealth();
        builder.Services.AddShutdown();
    }

    /// <summary>Opens the database, and says what answers which request.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await app.Services.PreparePlaybookBuilderAsync(app.Lifetime.ApplicationStopping);
        app.Services.PrepareSharedKeys();
        app.UseTunnelRequests();
        app.UseReplicaHops();
        app.UseForwardedRequests();
        SessionOriginGate.Use(app);
        app.UseWebSockets();
        app.UseWebInterface();
        app.UsePlaybookApiErrors();
        app.UsePlaybookAuthentication();
        app.UseAdministrationGate();
        app.UseAntiforgery();
        app.MapPlaybookApi();
        app.MapFileUploadApi();
        app.MapFileFetchApi();
        app.MapTusApi();
        app.MapFileDownloadApi();
        app.MapData();
        app.MapPublishedLinks();
        app.MapAccounts();
        app.MapHealth();
        app.MapMetrics();
        app.MapSessionForwarding();
        app.MapWebInterface();
    }
}
