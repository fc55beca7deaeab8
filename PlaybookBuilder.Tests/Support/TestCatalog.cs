using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The product's own catalogue, for tests of components that need no services.</summary>
internal static class TestCatalog
{
    public static readonly ComponentCatalog Instance = ComponentCatalog.Of(typeof(ComponentCatalog).Assembly, new ServiceCollection().BuildServiceProvider());
}
