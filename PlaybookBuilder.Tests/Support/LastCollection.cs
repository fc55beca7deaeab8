using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Deployment;
using PlaybookBuilder.Tests.Support;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(CollectionOrderer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>Tests that look at what all others did.</summary>
[CollectionDefinition(nameof(LastCollection), DisableParallelization = true)]
public sealed class LastCollection;

/// <summary>Has the longest begin first, so that nothing waits for them at the end, and <see cref="LastCollection"/> come last.</summary>
public sealed class CollectionOrderer : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(BrowserCollection), nameof(DeploymentCollection)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection =>
        [.. testCollections.OrderBy(static collection => Longest.Contains(collection.TestCollectionDisplayName) ? 0 : collection.TestCollectionDisplayName == nameof(LastCollection) ? 2 : 1)];
}
