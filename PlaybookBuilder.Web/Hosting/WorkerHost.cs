using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>The program as a worker alone: no pages, no API, only <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal static class WorkerHost
{
    /// <exception cref="DatabaseUnavailableException">The database can't be shared, or can't be used.</exception>
    public static async Task RunAsync(string[] hostArguments)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = hostArguments, ContentRootPath = AppContext.BaseDirectory });
        if (!PostgresUrl.IsOne(builder.Configuration[DatabaseOptions.Variable] ?? "")) throw new DatabaseUnavailableException($"A worker shares its database with others, and the embedded one belongs to one program: set {DatabaseOptions.Variable} to postgres://user:password@host:port/database.");

        builder.AddTelemetry("worker");
        builder.Services.AddPlaybookBuilder(builder.Configuration);
        builder.Services.AddHealth();
        var app = builder.Build();
        await app.Services.PreparePlaybookBuilderAsync(app.Lifetime.ApplicationStopping);
        app.MapHealth();
        app.MapMetrics();
        await app.RunAsync();
    }
}
