using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Core;

public static class PlaybookBuilderServices
{
    /// <summary>Adds everything that runs without a browser or a web server.</summary>
    public static IServiceCollection AddPlaybookBuilder(this IServiceCollection services, IConfiguration configuration) => services
        .AddDatabase(configuration)
        .AddCatalog()
        .AddEngine(configuration);
}
