using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core;

public static class PlaybookBuilderServices
{
    /// <summary>Adds everything that runs without a browser or a web server.</summary>
    public static IServiceCollection AddPlaybookBuilder(this IServiceCollection services, IConfiguration configuration) => services
        .AddSecrets(configuration)
        .AddDatabase(configuration)
        .AddStorage(configuration)
        .AddFiles(configuration)
        .AddAdministration()
        .AddPlaybooks()
        .AddAccounts(configuration)
        .AddCatalog()
        .AddEngine(configuration)
        .AddRetention(configuration)
        .AddCavaticaAccounts(configuration)
        .AddProxySessions(configuration);

    /// <summary>Checks every setting and opens the database, so that whatever is wrong shows before anything is served.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names the variable and what it may be.</exception>
    /// <exception cref="DatabaseUnavailableException">The database can't be used; the message says why and what to do.</exception>
    public static async Task PreparePlaybookBuilderAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<IStartupValidator>().Validate();
        if (services.GetService<PostgresSchema>() is { } schema) await schema.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (services.GetService<PostgresSessions>() is { } sessions) await sessions.CheckAsync(cancellationToken).ConfigureAwait(false);
        _ = services.GetRequiredService<IPlaybookStore>();
        // Nobody asks for these: they answer whoever collects measurements.
        _ = services.GetRequiredService<QueueMetrics>();
        _ = services.GetRequiredService<StoredFilesMetrics>();
    }
}
