using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The product's own catalogue, with files in memory.</summary>
internal static class TestCatalog
{
    public static readonly MemoryFiles Files = new();

    public static readonly ComponentCatalog Instance = ComponentCatalog.Of(typeof(ComponentCatalog).Assembly, new ServiceCollection().AddSingleton<IPlaybookFiles>(Files).BuildServiceProvider());
}
