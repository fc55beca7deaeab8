using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Web.Hosting;

internal static class Shutdown
{
    /// <summary>Gives what runs its time before the program ends.</summary>
    public static IServiceCollection AddShutdown(this IServiceCollection services)
    {
        services.AddOptions<HostOptions>().Configure<IOptions<EngineOptions>>(static (host, engine) => host.ShutdownTimeout = engine.Value.ShutdownTimeout);
        return services;
    }
}
