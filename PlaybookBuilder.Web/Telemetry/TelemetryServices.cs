using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>What the program tells of itself: logs on the console, and spans, measurements and logs to a collector where there is one.</summary>
internal static class TelemetryServices
{
    private const string ServiceName = "playbook-builder";

    /// <summary>The framework's own measurements that tell an operator something; see docs/operating.md.</summary>
    private static readonly string[] Meters =
    [
        PlaybookTelemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
    ];

    private static readonly string[] Sources = [PlaybookTelemetry.Name, "Microsoft.AspNetCore.Components", "System.Net.Http"];

    /// <param name="role">What this program does: <c>serve</c> or <c>worker</c>.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string role)
    {
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsCheck>();
        builder.Services.AddOptions<TelemetryOptions>().Configure<IConfiguration>(static (options, configuration) => options.Read(configuration)).ValidateOnStart();
        builder.Services.AddSingleton<SecretMask>();
        AddConsole(builder);

        var options = new TelemetryOptions();
        options.Read(builder.Configuration);
        if (!options.Exports && !options.ServesMetrics) return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, role))
            .WithMetrics(metrics => Measure(metrics, options));
        if (!options.Exports) return;

        telemetry
            .WithTracing(static tracing => tracing
                .AddSource(Sources)
                .AddAspNetCoreInstrumentation(static requests => requests.Filter = static context => IsTraced(context.Request.Path))
                .AddProcessor(static services => new MaskedSpans(services.GetRequiredService<SecretMask>())))
            .WithLogging(
                static logging => logging.AddProcessor(static services => new MaskedRecords(services.GetRequiredService<SecretMask>())),
                static logging => (logging.IncludeScopes, logging.IncludeFormattedMessage) = (true, true))
            .UseOtlpExporter();
    }

    // Which formatter writes is .NET's own setting (Logging__Console__FormatterName).
    private static void AddConsole(IHostApplicationBuilder builder)
    {
        builder.Logging.AddConsole();
        // A slim builder has chosen a formatter already.
        builder.Services.Configure<ConsoleLoggerOptions>(builder.Configuration.GetSection("Logging:Console"));
        builder.Services.AddOptions<JsonConsoleFormatterOptions>()
            .Configure(static json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "O"))
            .Bind(builder.Configuration.GetSection("Logging:Console:FormatterOptions"));
        for (var i = 0; i < builder.Services.Count; i++)
        {
            if (builder.Services[i] is not { IsKeyedService: false, ImplementationType: { } formatter } descriptor || descriptor.ServiceType != typeof(ConsoleFormatter)) continue;

            builder.Services[i] = ServiceDescriptor.Singleton<ConsoleFormatter>(services =>
                new MaskedFormatter((ConsoleFormatter)ActivatorUtilities.CreateInstance(services, formatter), services.GetRequiredService<SecretMask>()));
        }
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    private static void Describe(ResourceBuilder resource, string role) => resource
        .AddService(ServiceName, serviceVersion: typeof(TelemetryServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddAttributes([new("playbook.role", role)])
        .AddEnvironmentVariableDetector();

    private static void Measure(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(Meters);
        if (options.ServesMetrics) metrics.AddPrometheusExporter();
    }

    // What is asked for all the time would hide the rest. Not the connection of a page (/_blazor): whether its events are sampled
    // follows from whether it is.
    private static bool IsTraced(PathString path) =>
        path != "/healthz" && path != "/readyz" && path != MetricsEndpoint.Path && !path.StartsWithSegments("/_framework") && !path.StartsWithSegments("/_content") && !path.StartsWithSegments("/lib");
}
