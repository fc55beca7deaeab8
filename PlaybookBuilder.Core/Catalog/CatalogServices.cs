using Microsoft.Extensions.DependencyInjection;

namespace PlaybookBuilder.Core.Catalog;

public static class CatalogServices
{
    /// <summary>Adds the catalogue of all components in this assembly.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddSingleton(static provider => ComponentCatalog.Of(typeof(ComponentCatalog).Assembly, provider));
}
