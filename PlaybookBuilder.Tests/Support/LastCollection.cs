using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(CollectionOrderer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>Tests that look at what all others did.</summary>
[CollectionDefinition(nameof(LastCollection), DisableParallelization = true)]
public sealed class LastCollection;

/// <summary>Has the longest begin first, so that nothing waits for it at the end, and <see cref="LastCollection"/> come last.</summary>
public sealed class CollectionOrderer : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection =>
        [.. testCollections.OrderBy(static collection => collection.TestCollectionDisplayName switch { nameof(BrowserCollection) => 0, nameof(LastCollection) => 2, _ => 1 })];
}
