using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Web.Authentication.Keys;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>The program as a worker alone: no pages, no API, only <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal static partial class WorkerHost
{
    // As of sysexits.h: a failure that passes.
    private const int ToBeReplaced = 75;

    /// <exception cref="DatabaseUnavailableException">The database can't be shared, or can't be used.</exception>
    public static async Task RunAsync(string[] hostArguments)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = hostArguments, ContentRootPath = AppContext.BaseDirectory });
        if (!PostgresUrl.IsOne(builder.Configuration[DatabaseOptions.Variable] ?? "")) throw new DatabaseUnavailableException($"A worker shares its database with others, and the embedded one belongs to one program: set {DatabaseOptions.Variable} to postgres://user:password@host:port/database.");

        builder.AddTelemetry("worker");
        builder.AddVisibleProgram("worker");
        builder.Services.AddPlaybookBuilder(builder.Configuration);
        // The keys of users are read under these, to ask how their sessions are.
        builder.Services.AddSharedKeys(builder.Configuration);
        builder.Services.AddHealth();
        builder.Services.AddShutdown();
        var app = builder.Build();
        await app.Services.PreparePlaybookBuilderAsync(app.Lifetime.ApplicationStopping);
        app.Services.PrepareSharedKeys();
        app.MapHealth();
        app.MapMetrics();
        await app.StartAsync();
        await EndWithAbandonedRunsAsync(app);
    }

    // What does not stop would take time and memory from all later work: the other runs end, and whoever started this program starts it again.
    private static async Task EndWithAbandonedRunsAsync(WebApplication app)
    {
        var abandoned = app.Services.GetRequiredService<AbandonedRuns>();
        var ended = app.WaitForShutdownAsync();
        if (await Task.WhenAny(ended, abandoned.Any) == abandoned.Any)
        {
            LogReplaced(app.Logger);
            app.Lifetime.StopApplication();
            Environment.ExitCode = ToBeReplaced;
        }

        await ended;
        await app.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Error, "A step did not stop when it was told to; this worker ends when its other steps have, and is to be started again")]
    private static partial void LogReplaced(ILogger logger);
}
