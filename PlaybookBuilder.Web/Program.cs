using PlaybookBuilder.Core;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Api.Tus;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Keys;
using PlaybookBuilder.Web.CommandLine;
using PlaybookBuilder.Web.Components;
using PlaybookBuilder.Web.Hosting;
using PlaybookBuilder.Web.Hosting.Proxies;
using PlaybookBuilder.Web.Telemetry;

return await ApplicationCommand.InvokeAsync(args, ServeAsync, WorkerHost.RunAsync);

static async Task ServeAsync(string[] hostArguments)
{
    // The program's own folder holds what it serves, wherever it is started from; data/ is relative to the working directory.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = hostArguments, ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseStaticWebAssets();
    builder.AddTelemetry("serve");
    builder.AddVisibleProgram("serve");
    builder.Services.AddPlaybookBuilder(builder.Configuration);
    builder.Services.AddSharedKeys(builder.Configuration);
    builder.Services.AddForwardedRequests(builder.Configuration);
    builder.Services.AddPlaybookAuthentication(builder.Configuration);
    builder.Services.AddPlaybookApi();
    builder.Services.AddWebInterface(builder.Configuration);
    builder.Services.AddViewsAndForms();
    builder.Services.AddAdministrationPages();
    builder.Services.AddHealth();
    builder.Services.AddShutdown();

    var app = builder.Build();
    await app.Services.PreparePlaybookBuilderAsync(app.Lifetime.ApplicationStopping);
    app.Services.PrepareSharedKeys();
    app.UseForwardedRequests();
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
    app.MapWebInterface();
    await app.RunAsync();
}

public partial class Program;
