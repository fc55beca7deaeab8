using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core;

public static class PlaybookBuilderServices
{
    /// <summary>Adds everything that runs without a browser or a web server.</summary>
    public static IServiceCollection AddPlaybookBuilder(this IServiceCollection services, IConfiguration configuration) => services
        .AddDatabase(configuration)
        .AddStorage(configuration)
        .AddFiles(configuration)
        .AddCatalog()
        .AddEngine(configuration);
}
